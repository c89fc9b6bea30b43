"""`openapi.json` (3.1): what the compiled API really takes and answers, so that clients can be made from it.

`schemas.py` describes rows and bodies, `parameters.py` the query strings, `operations.py` the routes of one table,
`actions.py` those of its actions, `system.py` everything else, and `emit.py` joins them.
"""
