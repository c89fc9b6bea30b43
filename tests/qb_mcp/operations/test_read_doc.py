"""A topic comes in pieces that fit, cut at headings and never inside a code fence."""

from pathlib import Path

import pytest

from qb_mcp.corpus import topics
from qb_mcp.errors import QbError
from qb_mcp.operations.find_project import FoundProject
from qb_mcp.operations.read_doc import LARGEST_PIECE, cut, read_doc
from qb_mcp.server.arguments import read_arguments
from qb_mcp.server.doc_tools import GET_DOC
from qb_mcp.server.tool import Call

CODE = "```ts\n" + "## not a heading\n\n" * 100 + "```\n"


def pieces(text: str) -> list[str]:
    found, offset = [], 0
    while offset < len(text):
        end = cut(text, offset)
        found.append(text[offset:end])
        offset = end
    return found


def test_pieces_make_up_the_text_and_none_is_too_large() -> None:
    text = "".join(f"## Heading {number}\n\n{'word ' * 900}\n\n" for number in range(40))
    assert "".join(pieces(text)) == text
    assert all(len(piece) <= LARGEST_PIECE for piece in pieces(text))
    assert all(piece.startswith("## Heading") for piece in pieces(text))


def test_a_fence_is_kept_whole() -> None:
    text = f"intro {'word ' * 4_200}\n\n{CODE}\nafter\n\n## Next\n\n{'word ' * 4_000}"
    first, second, *_ = pieces(text)
    assert first.count("```") % 2 == 0
    assert second.startswith("```ts")


def test_one_endless_line_still_ends() -> None:
    assert [len(piece) for piece in pieces("x" * 70_000)] == [22_000, 22_000, 22_000, 4_000]


def test_every_topic_can_be_read_to_its_end() -> None:
    for topic in topics():
        doc = read_doc(topic.key)
        text = doc.text
        while doc.next_offset is not None:
            doc = read_doc(topic.key, offset=doc.next_offset)
            text += doc.text
        assert text == doc.page.markdown


def test_a_section_is_found_by_heading_and_by_anchor() -> None:
    assert (
        read_doc("firewall", "Options").text
        == read_doc("firewall", "#options").text
        == read_doc("firewall#options").text
    )


def test_an_unknown_section_names_those_there_are() -> None:
    with pytest.raises(QbError, match="has no section `colour`") as raised:
        read_doc("firewall", "colour")
    assert "`options`" in raised.value.hint


def test_an_offset_past_the_end_is_an_error() -> None:
    with pytest.raises(QbError, match="outside the text"):
        read_doc("firewall", offset=10_000_000)


def test_no_answer_of_the_tool_is_larger_than_eight_thousand_tokens_of_three_characters() -> None:
    for topic in topics():
        offset: int | None = 0
        while offset is not None:
            arguments = {"topic": topic.key, "offset": offset}
            call = Call(read_arguments(GET_DOC, arguments), lambda _: FoundProject(Path(), ""), lambda *_: None)
            answer = GET_DOC.run(call)
            assert len(answer.text) < 8_000 * 3, topic.key
            offset = read_doc(topic.key, offset=offset).next_offset
