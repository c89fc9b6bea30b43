"""Which bracket is to blame when they do not match."""

from dataclasses import dataclass

from qb_compiler.span import SourceFile
from qb_compiler.syntax.tokens import CLOSING, OPENING, Token


@dataclass(frozen=True, slots=True)
class Unclosed:
    """`found` closes something else, or is None at the end of the file."""

    opening: Token
    found: Token | None


@dataclass(frozen=True, slots=True)
class Stray:
    closing: Token


def unbalanced(file: SourceFile, tokens: list[Token]) -> Unclosed | Stray | None:
    """The bracket to blame. Where only the count is wrong, indentation tells which one the author forgot."""
    open_brackets: list[Token] = []
    out_of_line: Unclosed | None = None
    for token in tokens:
        if token.kind != "punctuation":
            continue
        if token.text in OPENING:
            open_brackets.append(token)
        elif token.text in CLOSING:
            fault = _judge(open_brackets, token)
            if fault:
                return out_of_line or fault
            opening = open_brackets.pop()
            if out_of_line is None and _less_indented(file, token, opening):
                out_of_line = Unclosed(opening, token)
    if not open_brackets:
        return None
    return out_of_line or Unclosed(open_brackets[-1], None)


def _judge(open_brackets: list[Token], closing: Token) -> Unclosed | Stray | None:
    wanted = [OPENING[token.text] for token in open_brackets]
    if closing.text not in wanted[-4:]:
        return Stray(closing)
    return None if wanted[-1] == closing.text else Unclosed(open_brackets[-1], closing)


def _less_indented(file: SourceFile, closing: Token, opening: Token) -> bool:
    """Whether a closing bracket that begins its line stands further left than the line its partner is on."""
    line, column = file.position(closing.start)
    before = file.line_text(line)[: column - 1]
    opened = file.line_text(file.position(opening.start)[0])
    return not before.strip() and len(before) < len(opened) - len(opened.lstrip())
