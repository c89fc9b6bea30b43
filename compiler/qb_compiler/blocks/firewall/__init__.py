"""Which rows exist for a caller.

`firewall: { organization, owner, team, softDelete, exception }`. `read.py` reads the named form and derives what is
left out, `predicates.py` reads the later array form, `edits.py` knows where a missing column can be typed in.
"""
