"""What TypeScript is read: the one table from construct to evaluator, from which the docs topic is written as well.

A test compiles the example of every row. A construct that is in no row is refused like those in `REFUSED`.
"""

from qb_compiler.evaluate import calls, composites, functions, literals, members, operators
from qb_compiler.evaluate.problems import NotStatic
from qb_compiler.evaluate.scope import Evaluate, Scope
from qb_compiler.evaluate.values import Value
from qb_compiler.model.record import record
from qb_compiler.syntax.tree import Node


@record
class Construct:
    """A construct that is read. `result` is what `example` evaluates to, as JSON; empty where it is kept as source.

    `kinds` are the grammar's node types; they are empty in a row that shows another use of a construct listed before.
    """

    name: str
    kinds: tuple[str, ...]
    evaluate: Evaluate
    example: str
    result: str = ""
    setup: str = ""


@record
class Refused:
    """A construct that is known only when the program runs, and what to write instead."""

    name: str
    kinds: tuple[str, ...]
    rewrite: str
    example: str


CONSTRUCTS: tuple[Construct, ...] = (
    Construct("string", ("string",), literals.string, '"caf\\u00e9"', '"café"'),
    Construct("number", ("number",), literals.number, "1_000", "1000"),
    Construct("true", ("true",), literals.true, "true", "true"),
    Construct("false", ("false",), literals.false, "false", "false"),
    Construct("null", ("null",), literals.null, "null", "null"),
    Construct("undefined", ("undefined",), literals.undefined, "[undefined]", "[null]"),
    Construct(
        "template literal",
        ("template_string",),
        literals.template,
        "`${prefix}_${20}`",
        '"job_20"',
        'const prefix = "job";',
    ),
    Construct("array", ("array",), composites.array, '["owner", "admin"]', '["owner", "admin"]'),
    Construct(
        "spread in an array",
        (),
        composites.array,
        '[...ADMINS, "member"]',
        '["owner", "member"]',
        'const ADMINS = ["owner"];',
    ),
    Construct(
        "object",
        ("object",),
        composites.object_,
        '{ field: "name", "min-length": 2 }',
        '{"field": "name", "min-length": 2}',
    ),
    Construct("shorthand key", (), composites.object_, "{ roles }", '{"roles": ["owner"]}', 'const roles = ["owner"];'),
    Construct("computed key", (), composites.object_, "{ [KEY]: true }", '{"name": true}', 'const KEY = "name";'),
    Construct(
        "spread in an object",
        (),
        composites.object_,
        "{ ...base, limit: 5 }",
        '{"sort": "name", "limit": 5}',
        'const base = { sort: "name", limit: 2 };',
    ),
    Construct(
        "constant",
        ("identifier", "shorthand_property_identifier"),
        members.identifier,
        "LIMIT",
        "20",
        "const LIMIT = 20;",
    ),
    Construct(
        "destructured constant",
        (),
        members.identifier,
        "[admins, rest]",
        '[["owner"], {"all": 1}]',
        'const { admins, missing = 1, ...rest } = { admins: ["owner"], all: 1 };',
    ),
    Construct("variable that never changes", (), members.identifier, "limit", "20", "let limit = 20;"),
    Construct("member", ("member_expression",), members.member, "LIMITS.name", "200", "const LIMITS = { name: 200 };"),
    Construct("optional chain", (), members.member, "none?.name ?? 1", "1", "const none = null;"),
    Construct(
        "index", ("subscript_expression",), members.subscript, 'LIMITS["name"]', "200", "const LIMITS = { name: 200 };"
    ),
    Construct(
        "enum",
        ("enum_declaration",),
        composites.enum,
        "[Stage.Open, Level.High]",
        '["open", 11]',
        'enum Stage { Open = "open" } enum Level { Low = 10, High }',
    ),
    Construct("as const, casts", ("as_expression",), operators.inner, '["a"] as const', '["a"]'),
    Construct("satisfies", ("satisfies_expression",), operators.inner, "1 satisfies number", "1"),
    Construct("non-null `!`", ("non_null_expression",), operators.inner, "LIMIT!", "2", "const LIMIT = 2;"),
    Construct("parentheses", ("parenthesized_expression",), operators.inner, "(1)", "1"),
    Construct("type arguments", ("instantiation_expression",), operators.inner, "LIMIT", "2", "const LIMIT = 2;"),
    Construct("cast in angle brackets", ("type_assertion",), operators.cast, "<number>1", "1"),
    Construct("arithmetic", ("binary_expression",), operators.binary, "60 * 60 + 2 ** 3", "3608"),
    Construct("text put together", (), operators.binary, '"job" + "_" + 1', '"job_1"'),
    Construct("comparison", (), operators.binary, "[1 < 2, LIMIT === 2]", "[true, true]", "const LIMIT = 2;"),
    Construct("&&, || and ??", (), operators.binary, '[null ?? "a", "" || "b", true && 3]', '["a", "b", 3]'),
    Construct("sign and `!`", ("unary_expression",), operators.unary, "[-1, !true]", "[-1, false]"),
    Construct(
        "condition",
        ("ternary_expression",),
        operators.ternary,
        'LIMIT > 1 ? "many" : "one"',
        '"many"',
        "const LIMIT = 2;",
    ),
    Construct(
        "helper function",
        ("call_expression",),
        calls.call_expression,
        'only("owner")',
        '{"roles": ["owner"]}',
        "const only = (...roles: string[]) => ({ roles });",
    ),
    Construct(
        "helper with defaults",
        (),
        calls.call_expression,
        "page()",
        '{"size": 20}',
        "function page({ size = 20 } = {}) { return { size }; }",
    ),
    Construct(
        "Object.keys, values, entries",
        (),
        calls.call_expression,
        "Object.keys(LIMITS)",
        '["name"]',
        "const LIMITS = { name: 1 };",
    ),
    Construct("Object.fromEntries", (), calls.call_expression, 'Object.fromEntries([["a", 1]])', '{"a": 1}'),
    Construct("Object.assign", (), calls.call_expression, "Object.assign({}, { a: 1 })", '{"a": 1}'),
    Construct("Object.freeze", (), calls.call_expression, "Object.freeze([1])", "[1]"),
    Construct("map", (), calls.call_expression, '["a", "b"].map((role) => `${role}+`)', '["a+", "b+"]'),
    Construct("filter", (), calls.call_expression, '["a", "b"].filter((role) => role !== "a")', '["b"]'),
    Construct("concat, flat, slice", (), calls.call_expression, "[1].concat([2, 3]).slice(1)", "[2, 3]"),
    Construct("includes, some, every", (), calls.call_expression, '["a"].includes("a")', "true"),
    Construct("join", (), calls.call_expression, '["a", "b"].join("-")', '"a-b"'),
    Construct("text functions", (), calls.call_expression, '"Jobs".toLowerCase()', '"jobs"'),
    Construct("arrow function", ("arrow_function",), functions.function, "(value: string) => value.trim()"),
    Construct(
        "function", ("function_expression", "function_declaration"), functions.function, "function () { return 1; }"
    ),
    Construct(
        "generator", ("generator_function", "generator_function_declaration"), functions.function, "function* () {}"
    ),
    Construct("method", ("method_definition",), functions.function, "{ async execute() { return 1; } }"),
    Construct("regular expression", ("regex",), literals.kept, "/^[a-z]+$/i"),
    Construct("tagged template", (), calls.call_expression, "sql`now()`", setup='import { sql } from "drizzle-orm";'),
    Construct("call of a package", (), calls.call_expression, "z.string().max(5)", setup='import { z } from "zod";'),
)

REFUSED: tuple[Refused, ...] = (
    Refused("`new`", ("new_expression",), "write the value itself, or create it in an action", "new Date()"),
    Refused("`await`", ("await_expression",), "do it in an action or a handler, which run", "await load()"),
    Refused(
        "a class",
        ("class", "class_declaration", "abstract_class_declaration"),
        "write a function or a plain object",
        "class {}",
    ),
    Refused(
        "an assignment",
        ("assignment_expression", "augmented_assignment_expression"),
        "declare another `const`",
        "(limit = 3)",
    ),
    Refused("`++` and `--`", ("update_expression",), "write the resulting number", "limit++"),
    Refused("the comma operator", ("sequence_expression",), "write only the last expression", "(1, 2)"),
    Refused("`yield`", ("yield_expression",), "do it in a handler, which runs", "yield"),
    Refused("`import.meta`", ("meta_property",), "use `process.env` in the config", "import.meta"),
    Refused("`this`", ("this", "super"), "name the object: `const base = {…}`", "this.name"),
    Refused(
        "JSX",
        ("jsx_element", "jsx_self_closing_element"),
        "keep it in a file that no definition reads",
        "",
    ),
)


class Table(dict[str, Evaluate]):
    """Node types by evaluator; what is not in the table is refused."""

    def __missing__(self, kind: str) -> Evaluate:
        return _refuse(f"`{kind.replace('_', ' ')}`", "write the value itself")


def _refuse(construct: str, rewrite: str) -> Evaluate:
    def refused(scope: Scope, node: Node) -> Value:
        return scope.refused(node, NotStatic(scope.span(node), construct, rewrite))

    return refused


EVALUATORS = Table(
    {
        **{kind: row.evaluate for row in CONSTRUCTS for kind in row.kinds},
        **{kind: _refuse(row.name, row.rewrite) for row in REFUSED for kind in row.kinds},
    }
)
