"""What the product can do, as plain functions that return frozen results. The command line and the MCP server are two
faces on it: nothing here prints, and nothing knows of a protocol. `QbError` says what a user can mend."""
