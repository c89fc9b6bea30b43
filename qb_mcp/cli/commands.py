"""Every command, one line each: what is typed, where its `typer.Typer` lives, what `quickback --help` says about it.

A module is imported only when its command is typed, so `quickback mcp` starts without the rest of the house.
"""

from typing import TypeAlias

Row: TypeAlias = tuple[str, str, str]

GROUPS: tuple[tuple[str, tuple[Row, ...]], ...] = (
    (
        "Build",
        (
            ("create", "qb_mcp.cli.create", "Create a project from a template."),
            ("init", "qb_mcp.cli.init", "Add a project to the current folder."),
            ("compile", "qb_mcp.cli.compile", "Compile the definitions into the project's API."),
            ("dev", "qb_mcp.cli.dev", "Compile on every edit; --serve runs the app beside."),
            ("check", "qb_mcp.cli.check", "Report what is wrong in the definitions; write nothing."),
        ),
    ),
    (
        "Who may do what",
        (
            ("access", "qb_mcp.cli.access", "Show who may do what: roles, operations, masked columns."),
            ("who-can", "qb_mcp.cli.who_can", "Answer one question: `who-can read candidates.email`."),
            ("diff", "qb_mcp.cli.diff", "Compare who can do what with a git revision or a folder."),
            ("verify", "qb_mcp.cli.verify", "Check a security report against its signature."),
        ),
    ),
    (
        "Learn",
        (
            ("explain", "qb_mcp.cli.explain", "Explain a diagnostic code such as QB4401."),
            ("docs", "qb_mcp.cli.docs", "List the documentation, or read a topic."),
            ("docs search", "qb_mcp.cli.docs_search", "Find the sections that answer a question."),
            ("docs serve", "qb_mcp.cli.docs_serve", "Read the documentation in a browser, offline."),
            ("demo", "qb_mcp.cli.demo", "See it all: from definitions to two tenants kept apart."),
        ),
    ),
    (
        "Assistants",
        (
            ("mcp", "qb_mcp.cli.mcp", "Serve documentation and project tools over MCP."),
            ("mcp config", "qb_mcp.cli.mcp_config", "Print the configuration block of each AI client."),
            ("mcp install", "qb_mcp.cli.mcp_install", "Add the server to AI clients; other settings stay."),
            ("mcp status", "qb_mcp.cli.mcp_status", "Say where the server is configured, and how it stands."),
            ("mcp remove", "qb_mcp.cli.mcp_remove", "Take the server out; each file becomes what it was."),
            ("claude", "qb_mcp.cli.claude", "Install or update the skill and agent of Claude Code."),
            ("claude plugin", "qb_mcp.cli.claude_plugin", "Write or update a plugin folder for any agent."),
            ("cursor", "qb_mcp.cli.cursor", "Install or update the Cursor rule."),
        ),
    ),
    (
        "This machine",
        (("doctor", "qb_mcp.cli.doctor", "Say what stands in the way here, and how to mend it."),),
    ),
)
COMMANDS: tuple[Row, ...] = tuple(row for _, rows in GROUPS for row in rows)
