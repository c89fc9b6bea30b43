"""What the tokens around an error tell about it: a comma, a colon or an operator that is missing or wrong."""

from bisect import bisect_left

from qb_compiler.diagnostics.problem import Problem
from qb_compiler.span import Span
from qb_compiler.syntax.problems import EqualsForColon, MissingColon, MissingComma, MissingToken, UnexpectedText
from qb_compiler.syntax.tokens import CLOSING, OPENING, VALUE_KINDS, Token
from qb_compiler.syntax.tree import Node, Tree

BEFORE_OBJECT = frozenset(
    {"(", ",", ":", "=", "[", "return", "...", "??", "&&", "||", "?", "default", "as", "satisfies"}
)
OPERATOR_WORDS = frozenset(
    {"as", "satisfies", "in", "of", "instanceof", "is", "extends", "keyof", "typeof", "new", "async"}
)
EXPECTED = {"identifier": "a name", "property_identifier": "a name", "type_identifier": "a type", "string": "a string"}


def explain(tree: Tree, tokens: list[Token], node: Node) -> Problem:
    """The problem at an error node, in words."""
    character = tree.offsets.character
    start, end = character(node.start_byte), character(node.end_byte)
    first = bisect_left(tokens, start, key=lambda token: token.start)
    last = bisect_left(tokens, max(end, start + 1), key=lambda token: token.start)
    for index in range(max(first - 1, 1), min(last + 2, len(tokens))):
        problem = _between(tree, tokens, index)
        if problem:
            return problem
    return _missing(tree, tokens, node, first) if node.is_missing else _unexpected(tree, tokens, node, first)


def _between(tree: Tree, tokens: list[Token], index: int) -> Problem | None:
    """What is wrong between the token at `index` and the one before it."""
    before, after = tokens[index - 1], tokens[index]
    container = _container(tokens, index)
    if container is None:
        return None
    is_key = container == "{" and _is_key(tokens, index - 1)
    if is_key and after.text == "=":
        return EqualsForColon(Span(tree.file, after.start, after.end), before.text)
    if not _ends_value(before) or not _starts_value(after):
        return None
    gap = Span(tree.file, before.end, before.end)
    if is_key and (before.kind != "word" or before.text not in {"async", "get", "set"}):
        return MissingColon(gap, before.text)
    return None if _joined_by_word(before, after) else MissingComma(gap, _shown(after))


def _joined_by_word(before: Token, after: Token) -> bool:
    return before.text in OPERATOR_WORDS or after.text in OPERATOR_WORDS


def _ends_value(token: Token) -> bool:
    return token.kind in VALUE_KINDS or token.text in CLOSING


def _starts_value(token: Token) -> bool:
    return token.kind in VALUE_KINDS or token.text in {"{", "[", "..."}


def _is_key(tokens: list[Token], index: int) -> bool:
    token = tokens[index]
    return index > 0 and token.kind in {"word", "string", "number"} and tokens[index - 1].text in {"{", ","}


def _container(tokens: list[Token], index: int) -> str | None:
    """The bracket around the token at `index`, if it is one of an array, an object or a call."""
    depth = 0
    for position in range(index - 1, -1, -1):
        token = tokens[position]
        if token.kind != "punctuation":
            continue
        if token.text in CLOSING:
            depth += 1
        elif token.text in OPENING and depth:
            depth -= 1
        elif token.text in OPENING:
            return token.text if token.text != "{" or _opens_object(tokens, position) else None
    return None


def _opens_object(tokens: list[Token], position: int) -> bool:
    """Whether `{` begins an object: by the token before it, or because it follows a key without its colon."""
    if position == 0:
        return False
    before = tokens[position - 1]
    if before.text in BEFORE_OBJECT:
        return True
    return _is_key(tokens, position - 1) and tokens[position - 2].text in {"{", ","} and position > 2


def _missing(tree: Tree, tokens: list[Token], node: Node, index: int) -> Problem:
    expected = EXPECTED.get(node.type, f"`{node.type}`")
    if index < len(tokens):
        after = tokens[index]
        return MissingToken(Span(tree.file, after.start, after.end), expected, _shown(after))
    end = len(tree.file.text.rstrip())
    return MissingToken(Span(tree.file, end, end), expected, "")


def _unexpected(tree: Tree, tokens: list[Token], node: Node, index: int) -> Problem:
    if index >= len(tokens):
        return _missing(tree, tokens, node, index)
    token = tokens[index]
    before = f"after `{_shown(tokens[index - 1])}`" if index else "at the start of a file"
    return UnexpectedText(Span(tree.file, token.start, token.end), _shown(token), before)


def _shown(token: Token) -> str:
    return token.text if len(token.text) <= 30 else f"{token.text[:27]}…"
