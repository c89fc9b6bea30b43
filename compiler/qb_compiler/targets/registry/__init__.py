"""`schema-registry.json`: the project as data, for admin interfaces and assistants. `emit.py` is the way in."""
