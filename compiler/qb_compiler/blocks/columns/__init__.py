"""A table as the author writes it with Drizzle.

`builders.py` is the table of column types; `column.py` reads one column, `constraints.py` the third argument,
`read.py` the whole; `inject.py` adds the columns that the compiler manages.
"""
