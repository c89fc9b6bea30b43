"""The MCP server over the official SDK: `start.py` decides how to serve, `app.py` wires the SDK's low-level server to
our tools, resources, prompts and completions, and `stdio.py` owns the pipe."""
