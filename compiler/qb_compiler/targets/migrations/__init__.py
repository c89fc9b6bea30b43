"""Migrations, written by us in drizzle-kit's own format, so that compiling needs no Node and drizzle-kit can take over.

`state.py` is a database as a migration sees it; `stored.py` makes it from the model, `snapshot.py` writes and reads it
as drizzle-kit's JSON. `difference.py` says what changed; `statements.py`, `recreate.py` and `script.py` turn that into
SQL; `history.py` reads and extends the chain of migrations; `emit.py` puts it together.
"""
