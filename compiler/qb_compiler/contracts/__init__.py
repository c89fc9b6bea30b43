"""Checks that the generated code enforces what the definitions say, by reading the code, not by trusting the emitters.

This room imports no emitter. `typescript.py` parses; `handlers.py` finds the routes and `queries.py` the queries of a
routes module; `routes.py` holds the contracts of routes; `declared.py` compares a resource module with the model;
`report.py` and `signature.py` write down what was examined and found.
"""
