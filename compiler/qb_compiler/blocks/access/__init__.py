"""Who may do it.

`access: { roles, userRole, record, or, and }` in every operation, view and action. `roles.py` reads lists of roles,
`conditions.py` record conditions by the type of their column, `read.py` whole rules.
"""
