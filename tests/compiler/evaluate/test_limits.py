"""Whatever a file holds, reading it ends soon and says why."""

import time

import pytest

from compiler.evaluate.reading import read
from qb_compiler.evaluate.problems import TooDeep, TooMuch
from qb_compiler.evaluate.values import ArrayValue, CodeValue, ObjectValue, Value

DOUBLINGS = "\n".join(f"const a{n} = [...a{n - 1}, ...a{n - 1}];" for n in range(1, 40))
LAUGHS = "\n".join(f"const a{n} = [{', '.join([f'a{n - 1}'] * 10)}];" for n in range(1, 40))
OBJECTS = "\n".join(f"const a{n} = {{ x: a{n - 1}, y: a{n - 1} }};" for n in range(1, 60))
TEXTS = "\n".join(f"const a{n} = `${{a{n - 1}}}${{a{n - 1}}}`;" for n in range(1, 60))
SUMS = "\n".join(f"const a{n} = a{n - 1} + a{n - 1};" for n in range(1, 60))
CALLS = "\n".join(f"const f{n} = (x) => f{n - 1}(x) + f{n - 1}(x);" for n in range(1, 40))
MAPS = "\n".join(f"const f{n} = () => a0.map(() => f{n - 1}()).join();" for n in range(1, 40))

BOMBS = {
    "spread": f"const a0 = [1];\n{DOUBLINGS}\nexport default a39;",
    "references": f"const a0 = [1];\n{LAUGHS}\nexport default a39;",
    "objects": f"const a0 = 1;\n{OBJECTS}\nexport default a59;",
    "templates": f'const a0 = "x";\n{TEXTS}\nexport default a59;',
    "sums": f'const a0 = "x";\n{SUMS}\nexport default a59;',
    "calls": f"const f0 = (x) => x;\n{CALLS}\nexport default f39(1);",
    "maps": f"const a0 = [1, 2, 3, 4, 5, 6, 7, 8, 9];\nconst f0 = () => 1;\n{MAPS}\nexport default f39();",
    "recursion": "const f = (n) => [f(n)];\nexport default f(1);",
    "mutual recursion": "const f = (n) => g(n + 1);\nconst g = (n) => f(n);\nexport default f(1);",
    "arrays": f"export default {'[' * 10_000}{']' * 10_000};",
    "parentheses": f"export default {'(' * 10_000}1{')' * 10_000};",
    "nested objects": f"export default {'{a:' * 5_000}1{'}' * 5_000};",
    "negations": f"export default {'!' * 10_000}1;",
    "additions": f"export default {' + '.join(['1'] * 10_000)};",
    "members": f"const a = {{}};\nexport default a{'.b' * 10_000};",
    "calls of a package": f'import {{ z }} from "zod";\nexport default z{".max(1)" * 5_000}.length + 1;',
    "conditions": f"export default {'true ? (' * 5_000}1{') : 0' * 5_000};",
    "functions": f"export default ({'() => ' * 5_000}1){'()' * 5_000};",
}


def deepest(value: Value) -> CodeValue:
    """The refusal inside nested arrays and objects."""
    while not isinstance(value, CodeValue):
        assert isinstance(value, ArrayValue | ObjectValue)
        value = value.items[0] if isinstance(value, ArrayValue) else value.entries[0].value
    return value


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_answered_quickly(name: str) -> None:
    start = time.perf_counter()
    refusal = deepest(read(BOMBS[name]).value)
    assert time.perf_counter() - start < 8
    assert isinstance(refusal.problem, TooDeep | TooMuch)


def test_code_of_any_depth_is_carried() -> None:
    depth = 5_000
    reading = read(f'import {{ z }} from "zod";\nexport default () => {"(" * depth}z{")" * depth};')
    assert isinstance(reading.value, CodeValue)
    assert [found.name for found in reading.value.source.imports] == ["z"]


def test_a_long_chain_of_re_exports_is_followed() -> None:
    others = {f"f{n}.ts": f'export {{ x }} from "./f{n + 1}";' for n in range(500)}
    others["f500.ts"] = "export const x = 1;"
    assert read('import { x } from "./f0";\nexport default x;', others).json == "1"


def test_a_long_chain_of_constants_in_files_is_refused_not_crashed() -> None:
    others = {f"f{n}.ts": f'import {{ x as y }} from "./f{n + 1}"; export const x = y;' for n in range(500)}
    others["f500.ts"] = "export const x = 1;"
    assert isinstance(read('import { x } from "./f0";\nexport default x;', others).problem, TooDeep)


def test_a_large_ordinary_file_is_within_the_budget() -> None:
    rows = "".join(f'  {{ code: "{n}", name: "place {n}", size: {n} }},\n' for n in range(4_000))
    reading = read(f"export default [\n{rows}];")
    assert len(reading.items) == 4_000
