"""Endpoints that the author programs.

`defineActions(table, { name: { … } })`. `read.py` reads one, `zod.py` the fields of its input; `reach.py` finds the
code that it can reach, and `raw_sql.py` what that code may not do without saying so.
"""
