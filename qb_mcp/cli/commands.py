"""Every command, one line each: what is typed, where its `typer.Typer` lives, what `quickback --help` says about it.

A module is imported only when its command is typed, so `quickback mcp` starts without the rest of the house.
"""

COMMANDS: tuple[tuple[str, str, str], ...] = (
    ("create", "qb_mcp.cli.create", "Create a project from a template."),
    ("init", "qb_mcp.cli.init", "Add a project to the current folder."),
    ("compile", "qb_mcp.cli.compile", "Compile the definitions into the project's API."),
    ("dev", "qb_mcp.cli.dev", "Compile on every edit; --serve runs the app beside."),
    ("check", "qb_mcp.cli.check", "Report what is wrong in the definitions; write nothing."),
    ("access", "qb_mcp.cli.access", "Show who may do what: roles, operations, masked columns."),
    ("who-can", "qb_mcp.cli.who_can", "Answer one question, such as `who-can read candidates.email`."),
    ("diff", "qb_mcp.cli.diff", "Compare who can do what with a git revision or a folder."),
    ("verify", "qb_mcp.cli.verify", "Check a security report against its signature."),
    ("explain", "qb_mcp.cli.explain", "Explain a diagnostic code such as QB4401."),
    ("docs", "qb_mcp.cli.docs", "List the documentation, or read a topic."),
    ("docs search", "qb_mcp.cli.docs_search", "Find the sections that answer a question."),
    ("docs serve", "qb_mcp.cli.docs_serve", "Read the documentation in a browser, offline."),
    ("mcp", "qb_mcp.cli.mcp", "Serve documentation and project tools to AI clients over MCP."),
    ("mcp config", "qb_mcp.cli.mcp_config", "Print the configuration block of each AI client."),
    ("mcp install", "qb_mcp.cli.mcp_install", "Add the server to AI clients; other settings stay as they are."),
    ("mcp status", "qb_mcp.cli.mcp_status", "Say where the server is configured and how each entry stands."),
    ("mcp remove", "qb_mcp.cli.mcp_remove", "Take the server out again; each file becomes what it was."),
    ("claude", "qb_mcp.cli.claude", "Install, check, update or remove the Claude Code skill and agent."),
    ("claude plugin", "qb_mcp.cli.claude_plugin", "Install, check, update or remove a plugin folder for any agent."),
    ("cursor", "qb_mcp.cli.cursor", "Install, check, update or remove the Cursor rule."),
    ("demo", "qb_mcp.cli.demo", "Run a sample from definitions to a tenant-safe API, in about a minute."),
    ("doctor", "qb_mcp.cli.doctor", "Say what stands in the way on this machine, and how to mend it."),
)
