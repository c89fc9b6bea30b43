"""Which bracket is to blame when they do not match."""

from qb_compiler.model.record import record
from qb_compiler.span import SourceFile
from qb_compiler.syntax.tokens import CLOSING, OPENING, Token


@record
class Unclosed:
    """`found` closes something else, or is None at the end of the file."""

    opening: Token
    found: Token | None


@record
class Stray:
    closing: Token


def unbalanced(file: SourceFile, tokens: list[Token]) -> Unclosed | Stray | None:
    """The bracket to blame. Where only the count is wrong, indentation tells which one the author forgot."""
    brackets = [
        token for token in tokens if token.kind == "punctuation" and (token.text in OPENING or token.text in CLOSING)
    ]
    open_brackets: list[Token] = []
    out_of_line: Unclosed | None = None
    for place, token in enumerate(brackets):
        if token.text in OPENING:
            open_brackets.append(token)
            continue
        if not open_brackets or OPENING[open_brackets[-1].text] != token.text:
            return out_of_line or _judge(open_brackets, token, brackets[place + 1 :])
        opening = open_brackets.pop()
        if out_of_line is None and _less_indented(file, token, opening):
            out_of_line = Unclosed(opening, token)
    if not open_brackets:
        return None
    return out_of_line or Unclosed(open_brackets[-1], None)


def _judge(open_brackets: list[Token], closing: Token, rest: list[Token]) -> Unclosed | Stray:
    """A closing bracket that does not fit is one too many if all is well without it, or nothing waits for it."""
    waiting = [OPENING[token.text] for token in open_brackets]
    if closing.text not in waiting[-4:] or _balances(waiting, rest):
        return Stray(closing)
    return Unclosed(open_brackets[-1], closing)


def _balances(waiting: list[str], rest: list[Token]) -> bool:
    """Whether the brackets in `rest` close exactly what is waiting."""
    waiting = list(waiting)
    for token in rest:
        if token.text in OPENING:
            waiting.append(OPENING[token.text])
        elif not waiting or waiting.pop() != token.text:
            return False
    return not waiting


def _less_indented(file: SourceFile, closing: Token, opening: Token) -> bool:
    """Whether a closing bracket that begins its line stands further left than the line its partner is on."""
    line, column = file.position(closing.start)
    before = file.line_text(line)[: column - 1]
    opened = file.line_text(file.position(opening.start)[0])
    return not before.strip() and len(before) < len(opened) - len(opened.lstrip())
