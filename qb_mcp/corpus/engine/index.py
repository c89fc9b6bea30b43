"""Builds the two Whoosh indexes (pages and sections) and opens the prebuilt ones.

The prebuilt index holds pickles, so only the one that ships with the package is ever opened, and only when its digest
says that it was built from exactly these topics by exactly this code; otherwise the same index is built in memory.
"""

import hashlib
import json
import random
from collections.abc import Iterable
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from qb_mcp.corpus.engine.library import TEXT, FileStorage, RamStorage, Schema, SpaceSeparatedTokenizer, open_dir
from qb_mcp.corpus.engine.passages import page_terms, page_words, section_terms
from qb_mcp.corpus.engine.vocabulary import Vocabulary, collect, dump, parse
from qb_mcp.corpus.load import build_page
from qb_mcp.corpus.model import Corpus

FIELD = "terms"
PAGES, SECTIONS = "pages", "sections"
STAMP_FILE, STARTS_FILE, VOCABULARY_FILE = "stamp.txt", "starts.json", "vocabulary.json"
SCHEMA = Schema(**{FIELD: TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=False)})

# Whoosh has no types; these are its Storage and FileIndex.
Storage: TypeAlias = Any
WhooshIndex: TypeAlias = Any


class Indexes(NamedTuple):
    """Document numbers are positions: of the key in the corpus, and of the section among all sections of all pages.

    `starts` holds the number of each page's first section, so that pages need not be split to be searched.
    """

    pages: WhooshIndex
    sections: WhooshIndex
    starts: tuple[int, ...]
    vocabulary: Vocabulary


def digest(corpus: Corpus) -> str:
    """Identifies the topics and the code that an index was built from."""
    found = hashlib.sha256()
    code = Path(__file__).parent
    for path in sorted((*code.glob("*.py"), *code.glob("*.txt"), code.parent / "words.py")):
        found.update(path.read_bytes())
    for key, summary in corpus.summaries.items():
        found.update(f"{key}\0{summary}\0{corpus.bodies[key]}\0".encode())
    return found.hexdigest()


def build_in(storage: Storage, corpus: Corpus) -> Indexes:
    """Indexes every page and every section, in order of keys."""
    pages = [build_page(corpus, key) for key in corpus.summaries]
    of_pages = [page_terms(page) for page in pages]
    return Indexes(
        fill(storage, PAGES, of_pages),
        fill(storage, SECTIONS, (section_terms(page, section) for page in pages for section in page.sections)),
        tuple(accumulate((len(page.sections) for page in pages[:-1]), initial=0)),
        collect((page_words(page) for page in pages), of_pages),
    )


def build_in_memory(corpus: Corpus) -> Indexes:
    """The index without a file: by itself Whoosh works in folders that all processes share under one name."""
    storage: Storage = RamStorage()
    storage.temp_storage = lambda name=None: RamStorage()
    return build_in(storage, corpus)


def fill(storage: Storage, name: str, documents: Iterable[list[str]]) -> WhooshIndex:
    index = storage.create_index(SCHEMA, indexname=name)
    writer = index.writer()
    for document in documents:
        writer.add_document(**{FIELD: " ".join(document)})
    writer.commit()
    return index


def build(corpus: Corpus, folder: Path) -> None:
    """Writes the index of a corpus into an empty folder, the same bytes for the same corpus."""
    # Whoosh names its files by chance and notes when they were written.
    state = random.getstate()
    random.seed(digest(corpus))
    storage: Storage = FileStorage(str(folder))
    storage.file_modified = lambda name: 0.0
    try:
        indexes = build_in(storage, corpus)
    finally:
        random.setstate(state)
    for lock in folder.glob("*_WRITELOCK"):
        lock.unlink()
    (folder / STARTS_FILE).write_text(json.dumps(indexes.starts), encoding="utf-8")
    (folder / VOCABULARY_FILE).write_text(dump(indexes.vocabulary), encoding="utf-8")
    (folder / STAMP_FILE).write_text(stamp(corpus, folder), encoding="utf-8")


def stamp(corpus: Corpus, folder: Path) -> str:
    """The digest of what was indexed, and that of the index itself: a damaged pickle is never opened."""
    files = hashlib.blake2b(digest_size=32)
    for path in sorted(path for path in folder.iterdir() if path.name != STAMP_FILE):
        files.update(path.name.encode() + path.read_bytes())
    return f"{digest(corpus)} {files.hexdigest()}"


def open_prebuilt(corpus: Corpus, folder: Path) -> Indexes | None:
    """The index in a folder, or None if it is not of this corpus."""
    written = folder / STAMP_FILE
    if not written.is_file() or written.read_text(encoding="utf-8") != stamp(corpus, folder):
        return None
    pages, sections = (
        open_dir(str(folder), indexname=name, readonly=True, schema=SCHEMA) for name in (PAGES, SECTIONS)
    )
    starts = tuple(json.loads((folder / STARTS_FILE).read_text(encoding="utf-8")))
    return Indexes(pages, sections, starts, parse((folder / VOCABULARY_FILE).read_text(encoding="utf-8")))


def open_index(corpus: Corpus, folder: Path) -> Indexes:
    """The prebuilt index, or one made in memory when there is none that fits or it cannot be read."""
    try:
        found = open_prebuilt(corpus, folder)
    except Exception:  # a damaged pickle may raise anything, and search must work all the same
        found = None
    return found or build_in_memory(corpus)
