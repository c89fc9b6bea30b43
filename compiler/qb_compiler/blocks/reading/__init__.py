"""How rows are read.

`crud.list`, `crud.get`, `views` and `defaultSort`; `later.py` reads the later form of the same, `read: { … }`.
"""
