"""One folder for each thing an author may write in a definition. Start at `registry.py` for their order."""
