"""Which table a column points at.

The `references` map, Drizzle's foreign keys and relations, and the naming convention.
"""
