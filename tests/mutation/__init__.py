"""Weakens the generated code in every place that matters, and holds the suites to noticing each weakening.

`operators.py` says what a weakening is; `mutants.py` finds all of them in a project's files; `schemata.py` writes one
build in which each can be switched on; `builds.py` makes it; `judges.py` asks the contracts, the runtime's tests and
the types; `over_http.py` asks the HTTP suite. `equivalent.toml` lists, with reasons, those that change nothing.
"""
