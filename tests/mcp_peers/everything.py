"""One use of everything that the server offers, for clients of every kind; tests hold the lists complete."""

import subprocess
from pathlib import Path

from bench.project import write_project
from qb_mcp.operations.compiling import compile_files

CALLS: dict[str, dict[str, object]] = {
    "search_docs": {"query": "who sees a column"},
    "get_doc": {"topic": "masking"},
    "list_topics": {},
    "list_features": {},
    "read_feature": {"feature": "group0"},
    "read_config": {},
    "read_schema_registry": {"table": "items0"},
    "draft_definition": {"table": "job-postings", "columns": ["title:text"], "operations": ["list"]},
    "compile": {},
    "explain_error": {"code": "QB4401"},
    "who_can": {"target": "items0.contactEmail", "verb": "read"},
    "diff_access": {},
}
PROMPTS: dict[str, dict[str, str]] = {
    "new_feature": {"what": "invoices"},
    "secure_table": {"table": "items0"},
    "debug_access": {"symptom": "members see salaries"},
    "review_change": {},
    "migrate_schema": {"change": "a column more"},
}
READS: dict[str, str] = {
    "quickback://docs/{+topic}": "quickback://docs/compiler/definitions/access",
    "quickback://project/features/{name}": "quickback://project/features/group0",
    "quickback://errors/{code}": "quickback://errors/QB4401",
}
"""A resource of each template."""
COMPLETIONS: dict[tuple[str, str, str], str] = {
    ("quickback://docs/{+topic}", "topic", "firew"): "compiler/definitions/firewall",
    ("quickback://project/features/{name}", "name", "gr"): "group0",
    ("quickback://errors/{code}", "code", "QB440"): "QB4401",
    ("secure_table", "table", "it"): "items0",
}
"""By prompt or template, argument and what was typed: the value that comes first."""


def write_compiled(root: Path) -> Path:
    """A project with two tables that was compiled and committed, so that every call has something to say."""
    write_project(root, 2)
    assert compile_files(root, write=True).written
    identity = ["-c", "user.name=t", "-c", "user.email=t@t"]
    for command in (["init", "-q"], ["add", "."], [*identity, "commit", "-qm", "a"]):
        subprocess.run(["git", *command], cwd=root, check=True)
    return root
