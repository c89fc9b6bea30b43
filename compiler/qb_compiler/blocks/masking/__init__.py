"""How values are shown.

`masking: { column: { type, show } }`; `sensitive.py` says which columns are masked although nobody said so.
"""
