"""Every command, one line each: what is typed, where its `typer.Typer` lives, what `quickback --help` says about it.

A module is imported only when its command is typed, so `quickback mcp` starts without the rest of the house.
"""

COMMANDS: tuple[tuple[str, str, str], ...] = (
    ("compile", "qb_mcp.cli.compile", "Compile the definitions into the project's API."),
    ("check", "qb_mcp.cli.check", "Report what is wrong in the definitions; write nothing."),
    ("access", "qb_mcp.cli.access", "Show who may do what: roles, operations, masked columns."),
    ("who-can", "qb_mcp.cli.who_can", "Answer one question, such as `who-can read candidates.email`."),
    ("diff", "qb_mcp.cli.diff", "Compare who can do what with a git revision or a folder."),
    ("explain", "qb_mcp.cli.explain", "Explain a diagnostic code such as QB4401."),
    ("docs", "qb_mcp.cli.docs", "List the documentation, read a topic, or search it."),
    ("mcp", "qb_mcp.cli.mcp", "Serve documentation and project tools to AI clients over MCP."),
)
