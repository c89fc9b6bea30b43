"""Clients of the MCP server for its tests and benches."""
