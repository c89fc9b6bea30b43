"""A constant that code changes has no value: guessing the order of execution would fail open."""

import pytest

from compiler.evaluate.reading import read
from qb_compiler.evaluate.values import CodeValue

ROLES = 'export const ROLES = ["owner"];\n'


@pytest.mark.parametrize(
    "change",
    [
        'ROLES.push("admin");',
        'if (process.env.OPEN) ROLES.push("PUBLIC");',
        "ROLES[0] = 'PUBLIC';",
        "function open() { ROLES.push('PUBLIC'); }\nopen();",
        "const open = () => ROLES.push('PUBLIC');\nopen();",
        "const count = ROLES.push('PUBLIC');",
        "const sorted = ROLES.sort();",
        "const merged = Object.assign(ROLES, { x: 1 });",
        "console.log(ROLES.push('PUBLIC'));",
        "register(ROLES);",
        "for (const role of ['PUBLIC']) ROLES.push(role);",
        "const other = (ROLES.length = 0);",
        "delete ROLES[0];",
    ],
)
def test_a_constant_that_is_changed_is_refused(change: str) -> None:
    reading = read(f"{ROLES}{change}\nexport default ROLES;")
    assert reading.problem.code == "QB2012"


@pytest.mark.parametrize(
    "harmless",
    [
        "console.log(ROLES);",
        "Object.freeze(ROLES);",
        '"use strict";',
        "function open() { ROLES.push('PUBLIC'); }",
        "const handler = { execute: () => { ROLES.push('x'); } };",
        "const other = [...ROLES].sort();",
        "const copy = ROLES.filter((role) => role !== 'x').concat('y');",
        "function f(a: string): void;\nfunction f(a: string) {}",
        "export { ROLES as STAFF };",
        "// ROLES.push('x')\n",
    ],
)
def test_what_changes_nothing_is_no_matter(harmless: str) -> None:
    assert read(f"{ROLES}{harmless}\nexport default ROLES;").json == '["owner"]'


@pytest.mark.parametrize(
    "change",
    [
        'import { ROLES } from "./main"; ROLES.push("PUBLIC");',
        'import * as all from "./main"; all.ROLES.push("PUBLIC");',
        'import { ROLES } from "./index"; ROLES.push("PUBLIC");',
        'import { STAFF } from "./index"; STAFF.push("PUBLIC");',
    ],
)
def test_another_file_may_change_it_too(change: str) -> None:
    index = 'export * from "./main"; export { ROLES as STAFF } from "./main";'
    reading = read(f"{ROLES}export default ROLES;", {"other.ts": change, "index.ts": index})
    problem = reading.problem
    assert problem.code == "QB2012"
    assert [label.span.file.path for label in problem.related()][:1] == ["quickback/other.ts"]


@pytest.mark.parametrize(
    ("declaration", "refused"),
    [
        ("let roles = ['a'];", False),
        ("var roles = ['a'];", False),
        ("let roles = ['a']; roles = ['b'];", True),
        ("let roles = ['a']; function f() { roles = ['b']; }", True),
        ("let roles = 1; const f = () => { roles++; };", True),
        ("let roles = ['a']; const f = () => { roles[0] = 'b'; };", True),
        ("let roles = ['a']; ({ roles } = { roles: ['b'] });", True),
        ("let roles;", True),
    ],
)
def test_a_variable_has_a_value_while_nothing_assigns_to_it(declaration: str, refused: bool) -> None:
    value = read(f"{declaration}\nexport default roles;").value
    assert isinstance(value, CodeValue) is refused
