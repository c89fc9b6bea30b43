"""Finds the words for what the grammar could not read. It only marks places; their surroundings tell the mistake."""

import re
from collections.abc import Iterator
from itertools import islice

from qb_compiler.diagnostics.problem import Problem, Problems
from qb_compiler.span import Span
from qb_compiler.syntax.brackets import Stray, Unclosed, unbalanced
from qb_compiler.syntax.neighbours import explain, odd_sign
from qb_compiler.syntax.problems import SpareComma, StrayBracket, UnclosedBracket, Unterminated
from qb_compiler.syntax.surroundings import enclosing_brackets
from qb_compiler.syntax.tokens import CLOSING, OPENING, Token, scan
from qb_compiler.syntax.tree import Node, Tree

BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
MOST_FAULTS = 10
MOST_SIGNS = 5_000
TWO_COMMAS = re.compile(r",(?>\s+|//[^\n]*|/\*[\s\S]*?\*/)*+(?=,)")


def report_faults(tree: Tree, problems: Problems) -> bool:
    """Reports what is wrong with a file; False when nothing is."""
    found = list(_faults(tree)) if tree.root.has_error else [*_spare_commas(tree), *_odd_names(tree)]
    problems.extend(found)
    return bool(found)


def _faults(tree: Tree) -> Iterator[Problem]:
    """Quotes first, then brackets: while these are wrong, everything else is a guess."""
    scanned = scan(tree.file.text)
    if scanned.unended:
        first = scanned.unended[0]
        yield Unterminated(Span(tree.file, first.start, first.end), first.kind, first.closing)
        return
    fault = unbalanced(tree.file, scanned.tokens)
    if fault:
        yield _bracket_problem(tree, fault)
        return
    enclosing = enclosing_brackets(scanned.tokens)
    for node in _first_errors(tree, scanned.tokens):
        yield explain(tree, scanned.tokens, enclosing, node)


def _bracket_problem(tree: Tree, fault: Unclosed | Stray) -> Problem:
    if isinstance(fault, Stray):
        return StrayBracket(_span(tree, fault.closing), fault.closing.text)
    opening, found = fault.opening, fault.found
    found_at = _span(tree, found) if found else None
    return UnclosedBracket(
        _span(tree, opening), opening.text, OPENING[opening.text], found.text if found else "", found_at
    )


def _span(tree: Tree, token: Token) -> Span:
    return Span(tree.file, token.start, token.end)


def _first_errors(tree: Tree, tokens: list[Token]) -> Iterator[Node]:
    """The first error of each statement; the ones behind it usually follow from it."""
    statements = [tree.root] if tree.root.type == "ERROR" else tree.root.children
    behind, reported = -1, 0
    for statement in statements:
        node = _first_error(statement)
        if node is None or node.start_byte < behind or reported == MOST_FAULTS:
            continue
        reported += 1
        behind = tree.offsets.byte(_end_of_group(tokens, tree.offsets.character(node.start_byte)))
        yield node


def _end_of_group(tokens: list[Token], position: int) -> int:
    """The end of the outermost bracket around a position; of the next statement where there is none."""
    depth = 0
    for token in tokens:
        if token.kind == "punctuation":
            depth += (token.text in OPENING) - (token.text in CLOSING)
        if token.start >= position and depth <= 0 and (token.text in CLOSING or token.text == ";"):
            return token.end
    return tokens[-1].end if tokens else position


def _first_error(statement: Node) -> Node | None:
    waiting = [statement]
    while waiting:
        node = waiting.pop()
        if node.is_error or node.is_missing:
            return node
        if node.has_error:
            waiting.extend(reversed(node.children))
    return None


def _spare_commas(tree: Tree) -> Iterator[Problem]:
    """The grammar lets `{ a: 1,, b: 2 }` pass."""
    for found in TWO_COMMAS.finditer(tree.file.text):
        position = found.end()
        if _is_object_comma(tree, position):
            yield SpareComma(Span(tree.file, position, position + 1))


def _odd_names(tree: Tree) -> Iterator[Problem]:
    """The grammar takes any sign beyond ASCII for a letter: typographic quotes, for example."""
    if tree.offsets.ascii:
        return
    for found in islice(BEYOND_ASCII.finditer(tree.file.text), MOST_SIGNS):
        name = tree.text(tree.node_at(Span(tree.file, found.start(), found.end())))
        kind = tree.node_at(Span(tree.file, found.start(), found.end())).type
        if kind.endswith("identifier") and not name.replace("$", "_").lstrip("#").isidentifier():
            yield odd_sign(tree, found.start())
            return


def _is_object_comma(tree: Tree, position: int) -> bool:
    node = tree.node_at(Span(tree.file, position, position + 1))
    parent = node.parent
    return node.type == "," and parent is not None and parent.type in {"object", "object_pattern"}
