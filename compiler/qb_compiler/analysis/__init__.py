"""What a definition allows, computed exactly: who may do what, to which rows, seeing which values.

`formula.py` is the language, `conditions.py` gives columns finite domains, `worlds.py` decides by truth table,
`exposure.py` turns rules, firewalls, guards and masks into formulas for one subject, and `matrix.py`, `who_can.py` and
`difference.py` answer questions with them. A rule in code is an unknown: it is reported as such, never guessed.
"""
