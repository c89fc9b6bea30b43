"""The project as the compiler understands it: frozen, typed, complete. Read `project.py` first, then `resource.py`."""
