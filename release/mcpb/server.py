"""Starts the server of the wheel that lies beside this file."""

from qb_mcp.cli.app import main

main(["mcp"])
