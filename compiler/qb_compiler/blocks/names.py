"""Names that are derived from other names: routes from files, files from tables."""

import re

BOUNDARY = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
NOT_IN_URL = re.compile(r"[^A-Za-z0-9_-]+")
UNNAMED = frozenset({"index", "resource", "schema", "table"})


def kebab(name: str) -> str:
    """`jobPostings` and `job_postings` become `job-postings`."""
    return BOUNDARY.sub("-", name).replace("_", "-").lower()


def route_of(path: str, table: str) -> str:
    """The path segment of a definition file; a file without a name of its own takes the table's."""
    stem = path.rsplit("/", 1)[-1].split(".")[0]
    return kebab(table if stem in UNNAMED else stem)


def in_url(name: str) -> str:
    """A name near to the given one that can stand in a URL: `mark as done` becomes `mark-as-done`."""
    return NOT_IN_URL.sub("-", name).strip("-").lower() or "other"


def file_name(table: str) -> str:
    """The file that a table would have to itself."""
    return f"{kebab(table)}.ts"
