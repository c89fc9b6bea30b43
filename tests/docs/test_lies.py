"""The checks of the documentation find lies: a copy of it with one of each kind fails each check that should see it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from qb_mcp import assets

HERE = Path(__file__).parent
DEFINITIONS, API = "compiler/definitions", "compiler/using-the-api"
# (topic, what stands there, the lie instead, the test that has to fail): "" is the end of the page.
LIES = [
    (f"{DEFINITIONS}/guards", "", "`frobnicateAll` lists them.", "test_names_in_text_exist"),
    (f"{API}/crud", "| 1 to 1000 | 50 |", "| 1 to 1000 | 40 |", "test_a_default_is_that_of_the_model"),
    (f"{DEFINITIONS}/views", "", "It answers 403 `NOT_FOUND`.", "test_a_code_has_one_status_everywhere"),
    (f"{API}/errors", "| `FK_IN_USE` | 409 |", "| `FK_IN_USE` | 400 |", "test_the_statuses_on_the_page_of_errors"),
    (f"{API}/errors", "| `CHECK_VIOLATION` |", "| a check |", "test_every_error_code_of_the_api_is_explained"),
    (f"{API}/views-api", "", "See `ACCESS_UNICORN`.", "test_every_name_in_capitals_is_in_the_code"),
    ("compiler/troubleshooting", "", "It is QB4999.", "test_every_diagnostic_code_that_is_named_exists"),
    ("compiler/config/output", "", "Pass `--frobnicate`.", "test_every_flag_that_is_named_is_one_of_a_command"),
    (f"{API}/caching", "", "It sends `X-Unicorn`.", "test_every_header_that_is_named_is_sent_or_read"),
    ("plugins-tools", "", "Try `quickback unicorn`.", "test_commands_that_are_named_exist"),
    ("stack/database/using-d1", "", "Try `npm run unicorn`.", "test_scripts_that_are_named_are_written"),
    ("compiler/config/output", "  env.ts ", "  unicorn.ts ", "test_files_that_are_named_are_written"),
    ("compiler/getting-started/claude-code", "", "Call `list_unicorns`.", "test_every_tool_that_is_named_exists"),
    (
        "compiler/config/variables",
        "| `QUICKBACK_PROJECT` |",
        "| a variable |",
        "test_every_variable_that_the_command_line",
    ),
    (f"{DEFINITIONS}/firewall", "bypassRoles", "roles", "test_every_key_of_a_definition_is_documented"),
    ("cms/schema-format", "`fkTarget`", "the target", "test_every_key_of_the_registry_is_documented"),
    ("stack/auth", "", "Send `POST /auth/v1/unicorn`.", "test_a_request_that_is_named_has_a_route"),
    ("stack/limits", "| filters | 20 |", "| filters | 30 |", "test_a_limit_is_what_the_page_says"),
    ("cms/record-layouts", '"columns": 1', '"columns": 2', "test_json_is_what_the_product_writes"),
    (
        f"{DEFINITIONS}/display",
        'displayColumn: "title"',
        'displayColumn: "titel"',
        "test_an_example_compiles_or_is_refused",
    ),
    (
        f"{DEFINITIONS}/validation",
        '"code": "VALIDATION_FAILED"',
        '"code": "INVALID_JSON"',
        "test_an_example_answers_as_it_shows",
    ),
    ("stack/webhooks/inbound", "\n401\n", "\n403\n", "test_the_examples_of_a_page_answer_as_they_show"),
    ("compiler/workflows/test-the-api", "read.status, 403", "read.status, 200", "test_a_script_runs"),
    (
        "changelog",
        "](compiler/definitions/views)",
        "](compiler/definitions/vews)",
        "test_every_link_and_anchor_resolves",
    ),
    ("plugins-tools/mcp-server", "### search_docs", "### search_dogs", "test_a_generated_part_is_what_the_code_says"),
    ("compiler/getting-started", "quickback compile\n", "quickback compil\n", "test_the_commands_of_a_block_run"),
]
RUN = "import pathlib, sys, pytest; from qb_mcp import assets; folder = pathlib.Path(sys.argv[1]); \
assets.docs_corpus = lambda: folder; sys.exit(pytest.main(sys.argv[2:]))"


def told(folder: Path) -> Path:
    """A copy of the corpus with all the lies."""
    copy = Path(shutil.copytree(assets.docs_corpus(), folder / "corpus"))
    for topic, true, lie, _ in LIES:
        path = copy / f"{topic}.md"
        text = path.read_text(encoding="utf-8")
        assert true in text, f"{topic} does not say `{true}` any more"
        path.write_text(text.replace(true, lie) if true else f"{text}\n{lie}\n", encoding="utf-8")
    return copy


@pytest.fixture(scope="module")
def failed(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of the checks that fail on it."""
    folder = tmp_path_factory.mktemp("lies")
    names = " or ".join(sorted({test for *_, test in LIES}))
    options = ["-n0", "-q", "-rf", "--tb=no", "-p", "no:cacheprovider", f"--basetemp={folder / 'run'}"]
    files = [str(path) for path in sorted(HERE.glob("test_*.py")) if path.name != Path(__file__).name]
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(told(folder)), *options, "-k", names, *files],
        cwd=HERE.parents[1],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    found = set(re.findall(r"^FAILED \S+?::(\w+)", done.stdout, re.MULTILINE))
    assert found, done.stdout[-3000:] + done.stderr[-3000:]
    return found


@pytest.mark.parametrize("test", sorted({test for *_, test in LIES}))
def test_a_lie_is_found(test: str, failed: set[str]) -> None:
    assert [name for name in failed if name.startswith(test)]
