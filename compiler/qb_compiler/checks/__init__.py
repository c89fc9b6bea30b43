"""Rules that need several parts of a table, or several tables. One rule a file, named after the rule.

`run.py` holds the list of all of them.
"""
