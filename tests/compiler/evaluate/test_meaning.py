"""What an expression means is what JavaScript makes of it: each one is evaluated by both."""

import json
import subprocess

import pytest

from compiler.evaluate.reading import value_of
from lanes.packages import NODE
from qb_compiler.evaluate.values import CodeValue

EXPRESSIONS = r"""
0.1 + 0.2
1e21 + ""
1e-7 + ""
123456789012345680000 + ""
1.5e300 + ""
-0 + ""
100 / 3 + ""
0x1F + 0b11 + 0o17 + 1_000
.5 + 5.
-7 % 3
7 % -3
2 ** 10 - 2 ** -1
5 & 3 | 8 ^ 1
1 << 31
-1 >> 2
~5
"a" + 1 + null + undefined + true
1 + 2 + "3"
"" + [1, [2, null, 3]]
`${1}${true}${null}${[1, 2]}`
"\x41\u0042\u{1F600}\n\t\0\'\"\\\q"
"\ud83d\ude00"
'single' + "double" + `back\`tick \${x}`
"b" > "a"
"\uffff" > "\u{1F600}"
"10" < "9"
10 < 9
null ?? "x"
0 ?? "x"
0 || "x"
"" && "x"
[] && "x"
!!"" || !!"a"
!0
1 === 1.0
"1" === 1
null == undefined
null === undefined
[1] === [1]
true ? { a: 1 } : neverDeclared
{ a: 1, "b-c": 2, 3: "three", ["d" + 1]: 4 }
{ ...{ a: 1, b: 2 }, b: 3 }
{ b: 3, ...{ a: 1, b: 2 } }
{ ...null, ...undefined, ...(false && { a: 1 }) }
Object.keys({ b: 1, 2: "x", a: 1, 1: "y", "01": 0 })
Object.values({ b: 1, 2: "x", 1: "y" })
Object.entries({ a: [1], b: { c: 2 } })
Object.fromEntries(Object.entries({ a: 1, b: 2 }).map(([key, value]) => [key + "!", value * 2]))
Object.assign({ a: 1 }, { b: 2 }, { a: 3 })
[..."ab", ...["c"]]
[1, 2, 3].map((n, i, all) => n * i + all.length)
[1, 2, 3, 4].filter((n) => n % 2 === 0)
[0, 1, "", "a", null].filter(Boolean)
[1, 2].map(String)
[[1, [2]], 3].flat()
[[1, [2, [3]]]].flat(2)
[1, 2].flatMap((n) => [n, n * 10])
[1, 2, 3].slice(-2)
[1, 2, 3].slice(1, -1)
[1, 2, 3].at(-1)
[1, 2, 3].indexOf(4)
["a", "b"].includes("b")
[1, 2, 3].some((n) => n > 2)
[1, 2, 3].every((n) => n > 2)
[1, 2, 3].find((n) => n > 1)
[1, null, undefined, [2, 3]].join("-")
[1].concat(2, [3], [[4]])
"Hello".toUpperCase() + "World".toLowerCase()
" \u00a0x\ufeff ".trim() + "|"
"a,b,,c".split(",")
"abc".split("")
"a.b.c".replaceAll(".", "-")
"job_postings".startsWith("job") && "job".endsWith("b")
"abcdef".slice(-3, -1)
"abc"[1] + "abc".length
"Straße".toUpperCase()
[1, 2, 3].length
Math.max(1, 5, 3) + Math.min(2, 0) + Math.floor(-1.5) + Math.ceil(1.2)
Math.round(2.5) + Math.round(-2.5) + Math.abs(-3)
String(12.50) + Number("42") + Boolean("")
(1.5).toString()
Array.isArray([]) && !Array.isArray({})
(({ a, b = 2, ...rest }) => [a, b, rest])({ a: 1, c: 3, d: 4 })
((first, ...others) => ({ first, others }))(1, 2, 3)
((n = 1, m = n + 1) => [n, m])(5)
((n = 1, m = n + 1) => [n, m])()
(([a, , b = 9]) => [a, b])([1, 2])
(() => { const a = 1; const b = a + 1; return { a, b }; })()
((value) => value?.name ?? "none")(null)
(({ nested: { deep } }) => deep)({ nested: { deep: 7 } })
"name" in { name: 1 }
({ a: { b: [10, 20] } }).a.b[1]
({ a: null }).a?.b.c.d ?? "gone"
[1, 2, 3]["length"]
"caf\u00e9" === "café"
"😀".length + "é".length
"""


CASES = [*EXPRESSIONS.strip().splitlines(), "`line one\nline two`", '"a\\\nb"']


@pytest.fixture(scope="module")
def answers() -> list[str]:
    """What Node makes of each case."""
    program = (
        f"console.log(JSON.stringify({json.dumps(CASES)}.map((text) => JSON.stringify([(0, eval)(`(${{text}})`)]))))"
    )
    done = subprocess.run([str(NODE), "-e", program], capture_output=True, text=True, check=True, timeout=60)
    found: list[str] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("number", range(len(CASES)), ids=CASES)
def test_an_expression_means_what_javascript_makes_of_it(number: int, answers: list[str]) -> None:
    reading = value_of(f"[{CASES[number]}]")
    value = reading.value
    assert not isinstance(value, CodeValue), value.problem
    assert json.loads(reading.json) == json.loads(answers[number])
