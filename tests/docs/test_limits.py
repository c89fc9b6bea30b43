"""The numbers on the page of limits are those of the code."""

import re
from pathlib import Path

import pytest

from qb_mcp import corpus

COMPILER = Path(__file__).parents[2] / "compiler/qb_compiler"
# (file, name of the constant, what the page says): a number in the code, and its row.
LIMITS = [
    ("blocks/validation/runtime/body.ts", "MAX_BODY = 1024 * 1024", "| body | 1 MiB |"),
    ("blocks/validation/runtime/body.ts", "MAX_JSON_DEPTH = 64", "| depth of JSON | 64 |"),
    ("blocks/reading/runtime/list-query.ts", "MAX_FILTERS = 20", "| filters | 20 |"),
    ("blocks/reading/runtime/list-query.ts", "MAX_LIST = 100", "| values in `.in` | 100 |"),
    ("blocks/reading/runtime/list-query.ts", "MAX_SORTS = 8", "| fields in `sort` | 8 |"),
    ("blocks/reading/runtime/list-query.ts", "MAX_OFFSET = 1_000_000_000", "| `offset` | 1 000 000 000 |"),
    ("blocks/reading/read.py", "DEFAULT_MAX = 100", "| rows of a page | 100 |"),
    ("blocks/reading/read.py", "LARGEST_PAGE = 1000", "`maxPageSize`, up to 1000"),
    ("blocks/crud/read.py", "LARGEST_BATCH = 1000", "`maxBatchSize`, up to 1000"),
    ("source/disk.py", "MOST_BYTES = 1_000_000", "| a file | 1 MB |"),
    ("source/disk.py", "MOST_FILES = 20_000", "| files of a project | 20 000 |"),
    ("evaluate/scope.py", "MOST_STEPS = 200_000", "| steps of an expression | 200 000 |"),
]


@pytest.mark.parametrize(("file", "code", "row"), LIMITS, ids=lambda value: value)
def test_a_limit_is_what_the_page_says(file: str, code: str, row: str) -> None:
    found = corpus.page("stack/limits")
    assert found and row in found.body
    assert re.search(rf"\b{re.escape(code)}\b", (COMPILER / file).read_text(encoding="utf-8")), f"{file}: {code}"


def test_every_limit_of_a_query_is_on_the_page() -> None:
    text = (COMPILER / "blocks/reading/runtime/list-query.ts").read_text(encoding="utf-8")
    assert set(re.findall(r"const (MAX_\w+)", text)) <= {code.split(" ")[0] for _, code, _ in LIMITS}
