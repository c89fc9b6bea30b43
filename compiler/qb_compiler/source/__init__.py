"""Finds the project and reads its files; the only room that reads the disk.

`project.py` is the way in, `disk.py` guards every read, `tsconfig.py` and `specifiers.py` say which file an import
means.
"""
