"""Texts that nobody would write, and what must hold of each: reading it ends, raises nothing, points inside the file.

`test_fuzz` draws a few; `tests/bench/fuzz_front.py` draws as many as it is told to.
"""

import json
import re
from collections.abc import Iterator

from hypothesis import strategies as st

from bench.project import CONFIG, TABLE
from compiler.evaluate.reading import Reading, read
from compiler.syntax.corpus import BAD, GOOD
from qb_compiler.diagnostics.diagnostic import Diagnostic
from qb_compiler.diagnostics.render import concise, full, github
from qb_compiler.diagnostics.render import json as as_json
from qb_compiler.evaluate.decode import describe, plain
from qb_compiler.evaluate.functions import returned
from qb_compiler.evaluate.values import ArrayValue, CallValue, CodeValue, MemberValue, ObjectValue, Value
from qb_compiler.span import Span

SHARED = """
export const ADMINS = ["owner", "admin"] as const;
export enum Stage { Open = "open", Closed = "closed" }
export const only = (...roles: string[]) => ({ roles, record: { status: { equals: Stage.Open } } });
export default { limits: { page: 20 * 5, title: `max_${200}` } };
"""
LOOSE = """
import { z } from "zod";
import limits, { ADMINS, Stage as S, only } from "./shared";
import * as shared from "./shared";
const { limits: { page = 5 }, ...rest } = limits, [first, , third = "x"] = ADMINS;
const base = { access: only(...ADMINS), fields: Object.keys(S).map((key) => key.toLowerCase()).filter(Boolean) };
export function scoped({ roles = ["member"], deep } = {}) { const all = [...roles, first]; return { all, deep, page }; }
export default {
  ...base, [`k${page}`]: scoped({ roles: shared.ADMINS }), schema: z.object({ a: z.string().max(page ?? 3) }).strict(),
  mask: (value: string) => value.replace(/\\d(?=\\d{4})/g, "*"), async execute({ db }) { return db.insert(S); },
  deep: page > 10 && !third ? { x: -1, y: S.Open === "open" } : null, text: "caf\\u00e9 😀" + rest,
};
"""
LATER = """
import { feature, q } from "@quickback/compiler";
export default feature("reviews", {
  columns: {
    id: q.id(), organizationId: q.scope("organization"), title: q.text({ maxLength: 20 }).required().index(),
    site: q.url().optional(), stage: q.enum(["draft", "open"]).default("draft").filterable("eq"), at: q.timestamp(),
  },
  unique: [["organizationId", "title"], "site"], firewallErrorMode: "hide", guards: { createable: ["title"] },
  read: { access: { roles: ["member"] }, views: { short: { fields: ["id"] } } },
});
"""
SEEDS = [
    CONFIG,
    TABLE.format(n=0, import_line="", parent_column=""),
    LOOSE,
    SHARED,
    LATER,
    *GOOD.values(),
    *BAD.values(),
]
TOKEN = re.compile(r"\s+|\w+|\"[^\"\n]*\"|.", re.DOTALL)
STRANGE = [
    "\0",
    "\ufeff",
    "\u202e",
    "\ud83d",
    "😀",
    "\r",
    "\u2028",
    "`${",
    "/*",
    "<",
    "a<b,",
    "...",
    "[",
    "{",
    "=>",
    "\\u{110000}",
]


def texts() -> st.SearchStrategy[str]:
    """Bytes, tokens, and sentences of the grammar, gone wrong to different degrees."""
    return st.one_of(raw_texts(), mangled_texts(), token_soups(), st.builds("export default {};".format, expressions()))


def raw_texts() -> st.SearchStrategy[str]:
    return st.binary(max_size=300).map(lambda data: data.decode("utf-8", "replace"))


@st.composite
def mangled_texts(draw: st.DrawFn) -> str:
    """A seed with pieces taken out, doubled, swapped or put in."""
    pieces: list[str] = TOKEN.findall(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 6))):
        if not pieces:
            break
        start = draw(st.integers(0, len(pieces) - 1))
        end = min(len(pieces), start + draw(st.integers(0, 12)))
        taken = pieces[start:end]
        change = draw(st.sampled_from(["drop", "double", "reverse", "insert", "cut"]))
        put = {"drop": [], "double": taken * 2, "reverse": taken[::-1], "insert": [draw(st.sampled_from(STRANGE))]}
        pieces[start : len(pieces) if change == "cut" else end] = put.get(change, [])
    return "".join(pieces)


def token_soups() -> st.SearchStrategy[str]:
    tokens = sorted({token for seed in SEEDS for token in TOKEN.findall(seed)} | set(STRANGE))
    return st.lists(st.sampled_from(tokens), max_size=60).map(" ".join)


def expressions() -> st.SearchStrategy[str]:
    """Sentences that the grammar knows, mostly without sense."""
    names = st.sampled_from(["a", "z", "ADMINS", "only", "undefined", "Object", "Math", "process", "S", "page"])
    code = ["this", "/x/g", "new Date()", "sql`x`", "await a", "class {}"]
    return st.recursive(st.one_of(names, st.sampled_from(code), _constants()), _larger, max_leaves=25)


def constant_expressions() -> st.SearchStrategy[str]:
    """Sentences that often have a value, given `ADMINS`, `page`, `S` and `z`."""
    names = st.sampled_from(["ADMINS", "page", "S", "z", "S.Open", "ADMINS[0]"])
    return st.recursive(st.one_of(names, _constants()), _larger, max_leaves=8).map(
        lambda text: text.replace(" as const", "")
    )


def _constants() -> st.SearchStrategy[str]:
    return st.one_of(
        st.integers(-9, 10**20).map(str),
        st.integers(0, 12).map(str),
        st.floats(allow_nan=False, allow_infinity=False).map(repr),
        st.text(max_size=4).map(json.dumps),
        st.sampled_from(
            ["null", "true", "false", "undefined", "``", "{}", "[]", '"a,b"', '[1, "2", null]', "{ a: [3] }"]
        ),
    )


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    operators = st.sampled_from(["+", "-", "*", "/", "%", "**", "&&", "||", "??", "===", "<", "in", "|", "<<", ","])
    words = st.sampled_from(
        ["map", "filter", "includes", "join", "concat", "slice", "flat", "length", "name", "at", "find"]
    )
    several = st.lists(inner, max_size=3).map(", ".join)
    return st.one_of(
        st.builds("({} {} {})".format, inner, operators, inner),
        several.map("[{}]".format),
        st.builds("({{ a: {}, [{}]: {}, ...{} }})".format, inner, inner, inner, inner),
        st.builds("({} ? {} : {})".format, inner, inner, inner),
        st.builds("{}.{}({})".format, inner, words, several),
        st.builds("{}?.{}".format, inner, words),
        st.builds("{}[{}]".format, inner, inner),
        st.builds("((a, {{ z = {} }} = {{}}, ...others) => {})({})".format, inner, inner, several),
        st.builds("(a) => {}".format, inner),
        st.builds("`x${{{}}}y`".format, inner),
        st.builds("(!{} as const)".format, inner),
        st.builds("[...{}, , {}]".format, inner, inner),
        st.builds(
            "Object.{}({})".format, st.sampled_from(["keys", "entries", "assign", "fromEntries", "freeze"]), several
        ),
    )


def examine(text: str) -> Reading:
    """Reads a text as a definition beside a shared file, and looks at everything that comes out."""
    reading = read(text, {"shared.ts": SHARED})
    values = [value for value in (reading.main.default, *reading.main.names.values()) if value is not None]
    for value in values:
        _look_into(value)
        plain(value)
    problems = [value.problem for value in _refusals(values)]
    reading.problems.extend(problem for problem in problems if problem)
    _look_at(reading.diagnostics)
    return reading


def _refusals(values: list[Value]) -> Iterator[CodeValue]:
    return (value for value in values if isinstance(value, CodeValue))


def _look_into(start: Value) -> None:
    waiting: list[tuple[Value, int]] = [(start, 0)]
    looked = 0
    while waiting and looked < 2_000:
        value, depth = waiting.pop()
        looked += 1
        inside(value.span)
        assert describe(value)
        waiting.extend((inner, depth + 1) for inner in _parts(value) if depth < 20)
        if isinstance(value, CodeValue | CallValue) and looked < 50:
            inside(value.source.span)
        if isinstance(value, CodeValue) and depth < 3:
            opened = returned(value)
            waiting.extend([(opened, depth + 1)] if opened else [])


def _parts(value: Value) -> tuple[Value, ...]:
    match value:
        case ArrayValue(items):
            return items
        case ObjectValue(entries):
            return tuple(entry.value for entry in entries)
        case CallValue(callee, arguments):
            return (callee, *arguments)
        case MemberValue(owner):
            return (owner,)
        case _:
            return ()


def inside(span: Span) -> None:
    assert 0 <= span.start <= span.end <= len(span.file.text)
    assert span.file.path.startswith("quickback/")


def _look_at(diagnostics: tuple[Diagnostic, ...]) -> None:
    for diagnostic in diagnostics:
        assert not diagnostic.code.startswith("QB9")
        for label in (diagnostic.primary, *diagnostic.related):
            if label:
                inside(label.span)
        for edit in diagnostic.edits:
            inside(edit.span)
    for render in (full.render, concise.render, github.render, as_json.render):
        assert isinstance(render(diagnostics), str)
