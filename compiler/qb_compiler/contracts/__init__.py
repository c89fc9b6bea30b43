"""Checks that the generated code enforces what the definitions say, by reading the code, not by trusting the emitters.

This room imports no emitter. `typescript.py` parses; `handlers.py` finds the routes and `queries.py` the queries of a
routes module; `routes.py` holds the contracts of routes, in the words of `vocabulary.py` and the order of `steps.py`.
`tables.py` says what a table is held to; `declared.py` compares a resource module with it (`served.py`: rows and
columns, `guarded.py`: guards), `gateway.py` the database of actions, `cascades.py` what a soft delete takes along.
`report.py`, `signature.py` and `verification.py` write down and vouch for what was examined and found.
"""
