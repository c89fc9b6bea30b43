"""The parts of Whoosh in use, identical in every release and fork of it, imported fast and without its warnings.

Whoosh 2.7.4 is older than the warning for invalid escapes, which Python prints when it compiles the package first. It
also imports `urllib.request` for a name that nothing of it uses, which would cost 20 ms.
"""

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


@contextmanager
def without_network() -> Iterator[None]:
    """Lets an empty module stand for `urllib.request`, unless that is loaded already."""
    name = "urllib.request"
    if name in sys.modules:
        yield
        return
    empty = ModuleType(name)
    empty.urlretrieve = None  # type: ignore[attr-defined]
    sys.modules[name] = empty
    try:
        yield
    finally:
        del sys.modules[name]


with without_network(), warnings.catch_warnings():
    warnings.simplefilter("ignore", SyntaxWarning)
    from whoosh.analysis import SpaceSeparatedTokenizer
    from whoosh.fields import TEXT, Schema
    from whoosh.filedb.filestore import FileStorage, RamStorage
    from whoosh.index import open_dir
    from whoosh.lang.porter2 import stem as porter2

__all__ = ["TEXT", "FileStorage", "RamStorage", "Schema", "SpaceSeparatedTokenizer", "open_dir", "porter2"]
