"""What the tokens around an error tell about it. Each rule looks at one gap between two tokens for one mistake."""

from bisect import bisect_left
from collections.abc import Callable

from qb_compiler.diagnostics.problem import Problem
from qb_compiler.diagnostics.suggest import nearest
from qb_compiler.span import Span
from qb_compiler.syntax.problems import (
    EqualsForColon,
    MissingColon,
    MissingComma,
    MissingToken,
    SemicolonForComma,
    UnexpectedText,
)
from qb_compiler.syntax.surroundings import OPERATOR_WORDS, Place, ends_value, shown, starts_value
from qb_compiler.syntax.tokens import CLOSING, Token
from qb_compiler.syntax.tree import Node, Tree

Rule = Callable[[Tree, Place], Problem | None]
VARIABLE_WORDS = frozenset({"const", "let", "var"})
NEEDS_VALUE = frozenset({"=", ":", "=>", "+", "*", "%", "??", "||", "&&", "?", "===", "!==", "==", "!=", "return"})
KEYWORDS = ("export", "default", "const", "import", "from", "function", "return", "async", "await", "interface", "type")
EXPECTED = {"identifier": "a name", "property_identifier": "a name", "type_identifier": "a type", "string": "a string"}
FOREIGN = {
    "and": "&&", "or": "||", "not": "!", "elif": "else if", "def": "function", "#": "//", "->": "=>", "None": "null",
    "True": "true", "False": "false", "“": '"', "”": '"', "‘": "'", "’": "'", "var:": "const",
}  # fmt: skip


def explain(tree: Tree, tokens: list[Token], enclosing: list[int], node: Node) -> Problem:
    """The problem at an error node, in words."""
    character = tree.offsets.character
    start, end = character(node.start_byte), character(node.end_byte)
    first = bisect_left(tokens, start, key=lambda token: token.start)
    last = bisect_left(tokens, max(end, start + 1), key=lambda token: token.start)
    if first and tokens[first - 1].kind in {"string", "template"} and start < tokens[first - 1].end:
        return _bad_escape(tree, start, tokens[first - 1])
    for index in range(max(first - 1, 0), min(last + 2, len(tokens))):
        place = Place(tokens, enclosing, index)
        for rule in RULES:
            problem = rule(tree, place)
            if problem:
                return problem
    return _missing(tree, tokens, node, first) if node.is_missing else _unexpected(tree, tokens, node, first)


def _span(tree: Tree, token: Token) -> Span:
    return Span(tree.file, token.start, token.end)


def _gap(tree: Tree, place: Place) -> Span:
    return Span(tree.file, place.before.end, place.before.end)


def _foreign_word(tree: Tree, place: Place) -> Problem | None:
    """A word or sign of another language."""
    text = place.after.text[:1] if place.after.text[:1] in "#“”‘’" else place.after.text
    written = FOREIGN.get(text)
    if written is None or place.token(1).text in {":", "(", ",", "}"} or place.before.text == ".":
        return None
    start = place.after.start
    return UnexpectedText(Span(tree.file, start, start + len(text)), text, "here", f"write `{written}`", written)


def _bad_escape(tree: Tree, start: int, text: Token) -> Problem:
    end = min(start + 6, text.end - 1)
    found = tree.file.text[start:end]
    return UnexpectedText(Span(tree.file, start, end), found, "in a text", "write the character itself")


def odd_sign(tree: Tree, position: int) -> Problem:
    """A sign that belongs to no name, such as a typographic quote."""
    sign = tree.file.text[position]
    written = FOREIGN.get(sign, "")
    advice = f"write `{written}`" if written else f"remove `{sign}`"
    return UnexpectedText(Span(tree.file, position, position + 1), sign, "in a name", advice, written)


def _misspelt_keyword(tree: Tree, place: Place) -> Problem | None:
    word = place.after
    if word.kind != "word" or word.text in KEYWORDS or place.container or not _begins_statement(place):
        return None
    near = nearest(word.text, KEYWORDS)
    if not near or abs(len(near[0]) - len(word.text)) > 1:
        return None
    return UnexpectedText(_span(tree, word), word.text, "here", f"did you mean `{near[0]}`?", near[0])


def _begins_statement(place: Place) -> bool:
    """Keywords stand at the start of a statement, behind another keyword, or (`from`) behind a brace or a name."""
    return place.before.text in {"", ";", "}", *KEYWORDS} or place.token(1).kind == "string"


def _equals_for_colon(tree: Tree, place: Place) -> Problem | None:
    if place.after.text == "=" and place.behind_key:
        return EqualsForColon(_span(tree, place.after), place.before.text)
    return None


def _semicolon_for_comma(tree: Tree, place: Place) -> Problem | None:
    if place.after.text == ";" and place.container in {"{", "["} and ends_value(place.before):
        return SemicolonForComma(_span(tree, place.after))
    return None


def _missing_separator(tree: Tree, place: Place) -> Problem | None:
    """Two values side by side in an array, an object or a call."""
    before, after = place.before, place.after
    if not place.container or not ends_value(before) or not starts_value(after):
        return None
    if place.behind_key:
        return MissingColon(_gap(tree, place), before.text)
    joined = before.text in OPERATOR_WORDS or after.text in OPERATOR_WORDS
    return None if joined else MissingComma(_gap(tree, place), shown(after))


def _missing_value(tree: Tree, place: Place) -> Problem | None:
    if place.before.text not in NEEDS_VALUE or (place.after.text not in {",", ";"} and place.after.text not in CLOSING):
        return None
    if place.before.text == "return":
        return None
    return MissingToken(_span(tree, place.after), "a value", shown(place.after))


def _missing_equals(tree: Tree, place: Place) -> Problem | None:
    declares = place.token(-2).text in VARIABLE_WORDS and place.before.kind == "word"
    if not declares or place.after.text in {"=", ":", ";", ",", "of", "in", "!", "(", ""}:
        return None
    return MissingToken(_span(tree, place.after), "`=`", shown(place.after))


def _split_arrow(tree: Tree, place: Place) -> Problem | None:
    if place.before.text == "=" and place.after.text == ">":
        span = Span(tree.file, place.before.start, place.after.end)
        return UnexpectedText(span, span.text, "here", "write `=>`", "=>")
    return None


def _missing_arrow(tree: Tree, place: Place) -> Problem | None:
    if place.before.text != ")" or place.after.text != "{":
        return None
    opening = place.enclosing[place.index - 1]
    if opening > 0 and place.tokens[opening - 1].text in {"=", "async", ":", ",", "("}:
        return MissingToken(_span(tree, place.after), "`=>`", "{")
    return None


def _missing_from(tree: Tree, place: Place) -> Problem | None:
    if place.before.text != "}" or place.after.kind != "string" or place.container:
        return None
    return MissingToken(_span(tree, place.after), "`from`", shown(place.after))


RULES: tuple[Rule, ...] = (
    _foreign_word, _split_arrow, _equals_for_colon, _semicolon_for_comma, _missing_value, _missing_equals,
    _missing_arrow, _missing_from, _misspelt_keyword, _missing_separator,
)  # fmt: skip


def _missing(tree: Tree, tokens: list[Token], node: Node, index: int) -> Problem:
    expected = EXPECTED.get(node.type, f"`{node.type}`")
    if index < len(tokens):
        return MissingToken(_span(tree, tokens[index]), expected, shown(tokens[index]))
    end = len(tree.file.text.rstrip())
    return MissingToken(Span(tree.file, end, end), expected, "")


def _unexpected(tree: Tree, tokens: list[Token], node: Node, index: int) -> Problem:
    if index >= len(tokens):
        return _missing(tree, tokens, node, index)
    token = next((token for token in tokens[index : index + 6] if token.text[:1] in "@#\\"), tokens[index])
    place = tokens.index(token, index)
    before = f"after `{shown(tokens[place - 1])}`" if place else "at the start of a file"
    return UnexpectedText(_span(tree, token), shown(token), before)
