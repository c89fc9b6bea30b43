"""The parts of Whoosh in use, identical in every release and fork of it, imported fast and without its warnings.

Whoosh 2.7.4 is older than the warning for invalid escapes, which Python prints when it compiles the package first. It
also imports modules for dates, numbers and highlighting, of which we use nothing and which would cost 30 ms.
"""

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

UNUSED = {"calendar": (), "decimal": ("Decimal",), "html": ("escape",), "urllib.request": ("urlretrieve",)}


@contextmanager
def without_unused() -> Iterator[None]:
    """Lets empty modules stand for those that nothing of ours uses, unless they are loaded already."""
    empty = {name: ModuleType(name) for name in UNUSED if name not in sys.modules}
    for name, module in empty.items():
        vars(module).update(dict.fromkeys(UNUSED[name]))
    sys.modules.update(empty)
    try:
        yield
    finally:
        for name in empty:
            del sys.modules[name]


with without_unused(), warnings.catch_warnings():
    warnings.simplefilter("ignore", SyntaxWarning)
    from whoosh.analysis import SpaceSeparatedTokenizer
    from whoosh.fields import TEXT, Schema
    from whoosh.filedb.filestore import FileStorage, RamStorage
    from whoosh.index import open_dir
    from whoosh.lang.porter2 import stem as porter2

__all__ = ["TEXT", "FileStorage", "RamStorage", "Schema", "SpaceSeparatedTokenizer", "open_dir", "porter2"]
