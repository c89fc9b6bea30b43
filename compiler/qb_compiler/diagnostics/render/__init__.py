"""One module for each way to show diagnostics, each with a `render` function; `snippet.py` draws source lines."""
