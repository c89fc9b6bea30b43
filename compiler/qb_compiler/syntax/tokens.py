"""A scanner of our own, run only over text that the grammar refused: which brackets and quotes are open, and where.

It is linear, knows nothing of grammar, and is right about strings, templates, comments and (by the token before)
regular expressions, which is all that finding the words for a fault needs.
"""

import re
from dataclasses import dataclass, field

from qb_compiler.model.record import record

OPENING = {"(": ")", "[": "]", "{": "}", "${": "}"}
CLOSING = frozenset(")]}")
TOKEN = re.compile(
    r"""(?P<space>\s+|\#![^\n]*)|(?P<comment>//[^\n\r]*|/\*[\s\S]*?\*/)
      |(?P<number>\d[\w.]*)|(?P<word>[^\W\d][\w$]*|[$\#@][\w$]*)
      |(?P<string>"(?:[^"\\\n\r]|\\[\s\S])*"|'(?:[^'\\\n\r]|\\[\s\S])*')
      |(?P<punctuation>=>|->|\.\.\.|\?\?=|\?\?|\?\.|&&|\|\||===|!==|==|!=|<=|>=|\+\+|--|[^\s])""",
    re.VERBOSE,
)
TEMPLATE_PART = re.compile(r"(?:[^`\\$]|\\[\s\S]|\$(?!\{))*")
REGEX = re.compile(r"/(?![*/])(?:[^\\/\[\n\r]|\\[^\n\r]|\[(?:[^\]\\\n\r]|\\[^\n\r]){0,100}+\]){1,300}+/[a-z]*")
"""Bounded, because a line of many slashes is looked at from each of them."""
REST_OF_LINE = re.compile(r"[^\n\r]*")
BEFORE_REGEX = frozenset(
    {"return", "typeof", "case", "in", "of", "delete", "void", "throw", "await", "yield", "default"}
)
VALUE_KINDS = frozenset({"number", "word", "string", "template", "regex"})


@record
class Token:
    """`kind` is number, word, string, template, regex or punctuation."""

    kind: str
    text: str
    start: int
    end: int


@record
class Unended:
    """A string, template or comment without an end."""

    kind: str
    closing: str
    start: int
    end: int


@dataclass(slots=True)
class Scan:
    tokens: list[Token] = field(default_factory=list)
    unended: list[Unended] = field(default_factory=list)


def scan(text: str) -> Scan:
    """The tokens of a text, and what never ends in it."""
    result = Scan()
    open_brackets: list[str] = []
    position = 0
    while position < len(text):
        position = _step(text, position, result, open_brackets)
    return result


def _step(text: str, position: int, result: Scan, open_brackets: list[str]) -> int:
    if text[position] == "`":
        return _template(text, position, position + 1, result, open_brackets)
    if text[position] == "/" and _regex_may_start(result.tokens) and (found := REGEX.match(text, position)):
        result.tokens.append(Token("regex", found[0], position, found.end()))
        return found.end()
    if text.startswith("/*", position) and text.find("*/", position + 2) == -1:
        result.unended.append(Unended("comment", "`*/`", position, position + 2))
        return len(text)
    found = TOKEN.match(text, position)
    if found is None:
        return position + 1
    kind, word = found.lastgroup or "punctuation", found[0]
    if word in {'"', "'"}:
        return _unended_string(text, position, result)
    if kind not in {"space", "comment"}:
        result.tokens.append(Token(kind, word, position, found.end()))
    if word in OPENING:
        open_brackets.append(word)
    elif word in CLOSING and open_brackets and open_brackets.pop() == "${":
        return _template(text, position, found.end(), result, open_brackets)
    return found.end()


def _template(text: str, start: int, position: int, result: Scan, open_brackets: list[str]) -> int:
    """Scans a template from behind its backquote, or from behind a `}`, to its end or the next `${`."""
    found = TEMPLATE_PART.match(text, position)
    end = found.end() if found else position
    if end >= len(text):
        result.unended.append(Unended("template", "a backquote", start, min(start + 1, len(text))))
        return len(text)
    if text[end] == "`":
        result.tokens.append(Token("template", text[start : end + 1], start, end + 1))
        return end + 1
    if text.startswith("${", end):
        result.tokens.append(Token("punctuation", "${", end, end + 2))
        open_brackets.append("${")
        return end + 2
    return len(text)


def _unended_string(text: str, position: int, result: Scan) -> int:
    rest = REST_OF_LINE.match(text, position)
    end = rest.end() if rest else len(text)
    result.unended.append(Unended("string", f"`{text[position]}`", position, end))
    result.tokens.append(Token("string", text[position:end], position, end))
    return end


def _regex_may_start(tokens: list[Token]) -> bool:
    if not tokens:
        return True
    last = tokens[-1]
    if last.kind == "word":
        return last.text in BEFORE_REGEX
    return last.kind == "punctuation" and last.text not in {")", "]", "}"}
