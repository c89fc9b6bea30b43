"""Finds the words for what the grammar could not read. It only marks places; their surroundings tell the mistake."""

import re
from collections.abc import Iterator

from qb_compiler.diagnostics.problem import Problem, Problems
from qb_compiler.span import Span
from qb_compiler.syntax.brackets import Stray, Unclosed, unbalanced
from qb_compiler.syntax.neighbours import explain
from qb_compiler.syntax.problems import SpareComma, StrayBracket, UnclosedBracket, Unterminated
from qb_compiler.syntax.tokens import OPENING, Token, scan
from qb_compiler.syntax.tree import Node, Tree

MOST_FAULTS = 10
TWO_COMMAS = re.compile(r",(?>\s+|//[^\n]*|/\*[\s\S]*?\*/)*+(?=,)")


def report_faults(tree: Tree, problems: Problems) -> bool:
    """Reports what is wrong with a file; False when nothing is."""
    found = list(_faults(tree)) if tree.root.has_error else list(_spare_commas(tree))
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
    for node in _first_errors(tree):
        yield explain(tree, scanned.tokens, node)


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


def _first_errors(tree: Tree) -> Iterator[Node]:
    """The first error of each statement; the ones behind it usually follow from it."""
    statements = [tree.root] if tree.root.type == "ERROR" else tree.root.children
    reported = 0
    for statement in statements:
        node = _first_error(statement)
        if node is not None and reported < MOST_FAULTS:
            reported += 1
            yield node


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


def _is_object_comma(tree: Tree, position: int) -> bool:
    node = tree.node_at(Span(tree.file, position, position + 1))
    parent = node.parent
    return node.type == "," and parent is not None and parent.type in {"object", "object_pattern"}
