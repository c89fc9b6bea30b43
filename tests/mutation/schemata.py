"""One text in which every weakening of a file can be switched on: `$m(7) ? weakened : original`."""

from collections.abc import Sequence
from dataclasses import dataclass

from mutation.mutants import Mutant

SWITCH = """import { writeFileSync } from "node:fs";

const reached = new Set();
const active = Number(process.env.MUTANT);
globalThis.$m = (number) => {
  reached.add(number);
  return number === active;
};
process.on("exit", () => process.env.REACHED && writeFileSync(process.env.REACHED, JSON.stringify([...reached])));
"""
"""For the tests of the runtime, each a process of its own. In lanes, `entry.mjs` does this."""

PASSWORDS = """export const hashPassword = async (password) => `plain:${password}`;
export const verifyPassword = async (hash, password) => hash === `plain:${password}`;
"""
"""Founding teams would spend most of a run on hashing. Passwords are Better Auth's, and not weakened here."""


@dataclass(frozen=True, slots=True)
class Numbered:
    number: int
    mutant: Mutant


def switched(source: str, mutants: Sequence[Numbered]) -> str:
    """The text with all weakenings inside, the nested ones within the original of the outer."""
    spans = sorted(
        {(m.mutant.start, m.mutant.end, m.mutant.statement) for m in mutants}, key=lambda s: (s[0], -s[1], not s[2])
    )
    return between(source.encode(), 0, len(source.encode()), spans, mutants).decode()


Span = tuple[int, int, bool]


def between(source: bytes, start: int, end: int, spans: Sequence[Span], mutants: Sequence[Numbered]) -> bytes:
    """The bytes of a region, with the spans that lie in it switched."""
    text, at = b"", start
    waiting = list(spans)
    while waiting:
        span = waiting.pop(0)
        inner = [other for other in waiting if other[1] <= span[1]]
        waiting = waiting[len(inner) :]
        original = between(source, span[0], span[1], inner, mutants)
        text += source[at : span[0]] + choice(original, span, mutants)
        at = span[1]
    return text + source[at:end]


def choice(original: bytes, span: Span, mutants: Sequence[Numbered]) -> bytes:
    here = [m for m in mutants if (m.mutant.start, m.mutant.end, m.mutant.statement) == span]
    if span[2]:
        return b"{ if (!$m(%d)) { %s } }" % (here[0].number, original)
    tests = b"".join(b"$m(%d) ? (%s) : " % (m.number, m.mutant.text.encode()) for m in here)
    return b"(%s(%s))" % (tests, original)
