"""Drafts of definitions: the text of a new table or of an action on one, with secure defaults, for an author to adapt.

`wish.py` is what was asked for, `columns.py` reads `name:type` words, `scopes.py` says who may what, `table.py` and
`action.py` write the TypeScript.
Nothing here touches a disk.
"""
