"""Where the files that ship beside the code lie: the only module that builds such paths.

In a wheel they are under `qb_mcp/_assets`; in a checkout (editable installation) they are the top-level folders.
"""

from functools import cache
from pathlib import Path


@cache
def root() -> Path:
    """The folder that holds `docs_corpus`, `skills` and `cursor_rules`."""
    # Not `importlib.resources`: it takes 10 ms to load, and the package is never imported from an archive.
    package = Path(__file__).resolve().parent
    shipped = package / "_assets"
    return shipped if shipped.is_dir() else package.parent


def docs_corpus() -> Path:
    """The documentation topics, one markdown file per key."""
    return root() / "docs_corpus"


def docs_index() -> Path:
    """The prebuilt search index; absent in a checkout that was never built."""
    return docs_corpus() / ".index"


def skills() -> Path:
    """The Claude skill and agent."""
    return root() / "skills"


def cursor_rules() -> Path:
    """The Cursor rule file."""
    return root() / "cursor_rules"
