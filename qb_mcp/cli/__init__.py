"""The `quickback` command. `app.py` holds the one table of commands, `console.py` is the only printer, and every other
file is one command: a `typer.Typer` named `app` over plain functions of `operations/`."""
