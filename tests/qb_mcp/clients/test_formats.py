"""The editors on random documents: they read what the standard readers read, and change our member alone."""

import json
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from qb_mcp.clients.formats import JSON, JSONC, TOML, YAML, holders_created
from qb_mcp.clients.json_value import Json
from qb_mcp.clients.jsonc_reader import Reader, Unparsable
from qb_mcp.clients.ledger import Undo

ENTRY: Json = {"command": "/opt/my tools/quickback", "args": ["mcp"]}
PATH = ("servers", "quickback")
keys = some.sampled_from(["servers", "quickback", "a", "b c", "ü", 'quo"te', "", "x.y"]) | some.text(max_size=5)
scalars = (
    some.none() | some.booleans() | some.integers() | some.floats(allow_nan=False, allow_infinity=False) | some.text()
)
values = some.recursive(
    scalars, lambda inner: some.lists(inner, max_size=3) | some.dictionaries(keys, inner, max_size=3), max_leaves=8
)
documents = some.dictionaries(keys.filter(lambda key: key != "servers"), values, max_size=3).flatmap(
    lambda rest: (
        some.just(rest)
        | some.dictionaries(keys.filter(lambda key: key != "quickback"), values, max_size=3).map(
            lambda servers: {**rest, "servers": servers}
        )
    )
)
indents = some.sampled_from([None, 0, 1, 2, 4, "\t"])
newlines = some.sampled_from(["\n", "\r\n"])


@settings(max_examples=150, deadline=None)
@given(documents, indents, newlines, some.booleans())
def test_json_is_read_and_edited_like_the_standard_does(
    document: dict[str, Json], indent: int | str | None, newline: str, ascii_only: bool
) -> None:
    text = json.dumps(document, indent=indent, ensure_ascii=ascii_only).replace("\n", newline)
    assert JSON.read(text) == json.loads(text)
    edited = JSON.put(text, PATH, ENTRY)
    servers = document.get("servers", {})
    assert isinstance(servers, dict)
    assert json.loads(edited) == {**document, "servers": {**servers, "quickback": ENTRY}}
    assert Undo.between(text, edited).apply(edited) == text
    dropped = JSON.drop(edited, PATH, created=holders_created(JSON, text, PATH))
    assert json.loads(dropped) == document


@settings(max_examples=100, deadline=None)
@given(documents, some.sampled_from(["// a: {\n", "/* } */", "/* , */ // ]\n"]))
def test_comments_and_trailing_commas_everywhere_survive(document: dict[str, Json], comment: str) -> None:
    text = commented(json.dumps(document, indent=2), comment)
    assert JSONC.read(text) == document
    edited = JSONC.put(text, PATH, ENTRY)
    assert edited.count(comment) == text.count(comment)
    assert JSONC.read(JSONC.drop(edited, PATH, created=holders_created(JSONC, text, PATH))) == document


def commented(text: str, comment: str) -> str:
    """A comment and a trailing comma wherever a line ends with one value and the next closes."""
    lines = text.split("\n")
    for number, line in enumerate(lines[:-1]):
        closes = lines[number + 1].strip()[:1] in "}]"
        comma = "," if closes and line.strip()[-1:] not in "{[,}]" else ""
        lines[number] = f"{line}{comma} {comment}"
    return "\n".join(lines)


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "{,}",
        '{"a" 1}',
        '{"a": }',
        '{"a": 1 "b": 2}',
        "[1]",
        "1",
        '{"a": 01}',
        '{"a": "\n"}',
        "{} x",
        "{'a': 1}",
        "{/*}",
    ],
)
def test_what_is_no_object_is_refused(text: str) -> None:
    for form in (JSON, JSONC):
        with pytest.raises(Unparsable):
            form.put(text, PATH, ENTRY)


def test_strict_json_refuses_what_its_client_could_not_read() -> None:
    for text in ('{"a": 1,}', '{"a": [1,]}', '{"a": 1} // x', "{/* x */}"):
        assert JSONC.read(text) is not None
        with pytest.raises(Unparsable):
            JSON.read(text)


def test_a_holder_that_is_no_object_is_refused() -> None:
    for form, text in ((JSON, '{"servers": []}'), (TOML, "servers = 1\n"), (YAML, "servers: [1]\n")):
        with pytest.raises(Unparsable):
            form.put(text, PATH, ENTRY)


def test_nesting_without_end_is_refused_instead_of_crashing() -> None:
    with pytest.raises(Unparsable, match="deeply"):
        Reader("[" * 100_000).document()


toml_keys = some.text("abc-_9", min_size=1, max_size=4)
toml_scalars = some.booleans() | some.integers(-(2**60), 2**60) | some.text("ab\"'\\ #[]=\n", max_size=6)


@settings(max_examples=150, deadline=None)
@given(
    some.lists(some.tuples(toml_keys, toml_scalars, some.booleans()), max_size=5, unique_by=lambda one: one[0]),
    newlines,
)
def test_toml_keeps_every_other_table_and_comment(rows: list[tuple[str, Json, bool]], newline: str) -> None:
    lines = [line for key, value, table in rows for line in toml_lines(f"k{key}", value, table)]
    text = newline.join(lines) + newline
    before = tomllib.loads(text)
    edited = TOML.put(text, PATH, ENTRY)
    assert tomllib.loads(edited) == {**before, "servers": {"quickback": ENTRY}}
    assert edited.startswith(text)
    assert tomllib.loads(TOML.put(edited, PATH, {"command": "b"})) == {
        **before,
        "servers": {"quickback": {"command": "b"}},
    }
    assert tomllib.loads(TOML.drop(edited, PATH)) == before


@pytest.mark.parametrize(
    "below", ["# about what follows\n[z]\n", "\n# one\n\n# two\n[servers.other]\nx = 1\n", "# at the end\n"]
)
@pytest.mark.parametrize("ours", ['command = "a"\n', 'command = "a" # mine\n\n[servers.quickback.env]\nA = "1"\n'])
def test_what_a_person_wrote_below_our_table_stays(ours: str, below: str) -> None:
    text = f"[first]\n[servers.quickback]\n{ours}{below}"
    assert TOML.put(text, PATH, ENTRY).endswith(below)
    assert TOML.drop(text, PATH) == f"[first]\n{below}"


def test_a_table_that_cannot_be_added_is_refused() -> None:
    for text in ("servers = {other = {command = 'a'}}\n", "servers = 1\n"):
        with pytest.raises(Unparsable):
            TOML.put(text, PATH, ENTRY)


def toml_lines(key: str, value: Json, table: bool) -> list[str]:
    said = f"{key} = {json.dumps(value, ensure_ascii=False)}  # why"
    return [f"[t{key}]  # its own", said, "# after"] if table else [f"[s{key}]", said]


@settings(max_examples=100, deadline=None)
@given(
    some.dictionaries(
        some.text("abc", min_size=1, max_size=3), some.integers() | some.text("ab:#", max_size=4), max_size=4
    )
)
def test_yaml_keeps_every_other_member(others: dict[str, Json]) -> None:
    held = "".join(f"  {key}: {json.dumps(value)} # why\n" for key, value in others.items())
    text = f"first: 1\nservers:{' {}' if not held else ''}\n{held}\n# between\nlast: [1, 2]\n"
    edited = YAML.put(text, PATH, ENTRY)
    assert YAML.read(edited) == {"first": 1, "servers": {**others, "quickback": ENTRY}, "last": [1, 2]}
    assert edited.count("# why") == len(others) and "# between" in edited
    assert YAML.read(YAML.drop(edited, PATH)) == {"first": 1, "servers": others, "last": [1, 2]}
