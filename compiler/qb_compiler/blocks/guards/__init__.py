"""Which fields a client may write.

`guards: { createable, updatable, immutable, protected }`, or `false`.
"""
