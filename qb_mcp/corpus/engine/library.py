"""The parts of Whoosh in use, identical in every release and fork of it, imported without its warnings.

Whoosh 2.7.4 is older than the warning for invalid escapes, which Python prints when it compiles the package first.
"""

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore", SyntaxWarning)
    from whoosh.analysis import SpaceSeparatedTokenizer
    from whoosh.fields import TEXT, Schema
    from whoosh.filedb.filestore import FileStorage, RamStorage
    from whoosh.index import create_in, open_dir
    from whoosh.lang.porter2 import stem as porter2
    from whoosh.scoring import BM25F

__all__ = [
    "BM25F",
    "TEXT",
    "FileStorage",
    "RamStorage",
    "Schema",
    "SpaceSeparatedTokenizer",
    "create_in",
    "open_dir",
    "porter2",
]
