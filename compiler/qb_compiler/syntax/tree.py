"""A syntax tree with places in characters. tree-sitter counts bytes; everybody else counts characters."""

from bisect import bisect_right

from tree_sitter import Node
from tree_sitter import Tree as Parsed

from qb_compiler.span import SourceFile, Span

__all__ = ["Node", "Offsets", "Tree"]


class Offsets:
    """Converts between byte and character offsets of one text. Nothing is stored for a text that is all ASCII."""

    __slots__ = ("_bytes", "_chars", "ascii")

    def __init__(self, text: str) -> None:
        self.ascii = text.isascii()
        self._bytes: list[int] = [0]
        self._chars: list[int] = [0]
        if not self.ascii:
            self._index(text)

    def _index(self, text: str) -> None:
        """Notes the offsets behind every character that is longer than one byte."""
        position = 0
        for number, character in enumerate(text):
            size = 1 if character < "\x80" else 2 if character < "\u0800" else 3 if character < "\U00010000" else 4
            position += size
            if size > 1:
                self._bytes.append(position)
                self._chars.append(number + 1)

    def character(self, byte: int) -> int:
        if self.ascii:
            return byte
        index = bisect_right(self._bytes, byte) - 1
        return self._chars[index] + byte - self._bytes[index]

    def byte(self, character: int) -> int:
        if self.ascii:
            return character
        index = bisect_right(self._chars, character) - 1
        return self._bytes[index] + character - self._chars[index]


class Tree:
    """The parsed text of one file. Nodes are fetched when they are needed and not kept."""

    __slots__ = ("_source", "file", "offsets", "parsed")

    def __init__(self, file: SourceFile, source: bytes, parsed: Parsed) -> None:
        self.file = file
        self.offsets = Offsets(file.text)
        self._source = source
        self.parsed = parsed

    @property
    def root(self) -> Node:
        return self.parsed.root_node

    def text(self, node: Node) -> str:
        if self.offsets.ascii:
            return self.file.text[node.start_byte : node.end_byte]
        return self._source[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def span(self, node: Node) -> Span:
        if self.offsets.ascii:
            return Span(self.file, node.start_byte, node.end_byte)
        character = self.offsets.character
        return Span(self.file, character(node.start_byte), character(node.end_byte))

    def node_at(self, span: Span) -> Node:
        """The smallest node that covers the span."""
        byte = self.offsets.byte
        return self.root.descendant_for_byte_range(byte(span.start), byte(span.end)) or self.root
