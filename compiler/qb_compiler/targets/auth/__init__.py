"""Better Auth: its tables, its configuration, and the roles that can be invited.

`tables.json` says which tables Better Auth and its plugins need, dumped from the pinned version (a test compares it
with the installed package), so generating needs no Node. `tables.py` makes it our model, `emit.py` prints the files.
"""
