"""The face of Quickback: the `quickback` command and the MCP server, both thin over `operations/`."""

__version__ = "0.1.0"
