"""The operations that write.

`crud: { create, update, delete, put }` and their batches.
"""
