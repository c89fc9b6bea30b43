"""What stands around a token: the bracket it is in, whether that is an object, whether it is a key or ends a value."""

from qb_compiler.model.record import record
from qb_compiler.syntax.tokens import CLOSING, OPENING, VALUE_KINDS, Token

BEFORE_OBJECT = frozenset(
    {"(", ",", ":", "=", "[", "return", "...", "??", "&&", "||", "?", "default", "as", "satisfies"}
)
OPERATOR_WORDS = frozenset(
    {"as", "satisfies", "in", "of", "instanceof", "is", "extends", "keyof", "typeof", "new", "async", "await", "void"}
)
ACCESSORS = frozenset({"async", "get", "set", "static"})
NOTHING = Token("punctuation", "", 0, 0)


@record
class Place:
    """The gap between two tokens: `after` is the token at `index`."""

    tokens: list[Token]
    enclosing: list[int]
    index: int

    def token(self, shift: int) -> Token:
        """The token so many places behind (or before) `after`."""
        place = self.index + shift
        return self.tokens[place] if 0 <= place < len(self.tokens) else NOTHING

    @property
    def before(self) -> Token:
        return self.token(-1)

    @property
    def after(self) -> Token:
        return self.token(0)

    @property
    def container(self) -> str:
        """The bracket around the gap, if it is one of an array, an object or a call; else nothing."""
        return container(self.tokens, self.enclosing, self.index)

    @property
    def behind_key(self) -> bool:
        """Whether the gap follows a key of an object that has no colon yet."""
        return self.container == "{" and is_key(self.tokens, self.index - 1)


def ends_value(token: Token) -> bool:
    return token.kind in VALUE_KINDS or token.text in CLOSING


def starts_value(token: Token) -> bool:
    return token.kind in VALUE_KINDS or token.text in {"{", "[", "..."}


def is_key(tokens: list[Token], index: int) -> bool:
    """Whether the token stands where a key of an object does."""
    if index < 1 or tokens[index].text in ACCESSORS:
        return False
    return tokens[index].kind in {"word", "string", "number"} and tokens[index - 1].text in {"{", ","}


def enclosing_brackets(tokens: list[Token]) -> list[int]:
    """For each token the place of the bracket around it (for a closing bracket: of its partner), or -1."""
    places: list[int] = []
    open_brackets = [-1]
    for place, token in enumerate(tokens):
        places.append(open_brackets[-1])
        if token.kind == "punctuation" and token.text in OPENING:
            open_brackets.append(place)
        elif token.kind == "punctuation" and token.text in CLOSING and len(open_brackets) > 1:
            open_brackets.pop()
    return places


def container(tokens: list[Token], enclosing: list[int], index: int) -> str:
    position = enclosing[index]
    if position < 0:
        return ""
    text = tokens[position].text
    return text if text != "{" or opens_object(tokens, position) else ""


def opens_object(tokens: list[Token], position: int) -> bool:
    """Whether `{` begins an object: by the token before it, or because it follows a key without its colon."""
    if position == 0:
        return False
    return tokens[position - 1].text in BEFORE_OBJECT or (position > 2 and is_key(tokens, position - 1))


def shown(token: Token) -> str:
    return token.text if len(token.text) <= 30 else f"{token.text[:27]}…"
