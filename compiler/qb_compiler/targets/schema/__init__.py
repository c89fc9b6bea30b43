"""The Drizzle schema of every database, printed from the model as a careful person would write it.

`storage.py` decides what the database really holds (partial unique indexes for soft delete), `columns.py` and
`constraints.py` print the parts, `tables.py` one table, `emit.py` the file of a feature.
"""
