"""Examples marked `of=page` are sent to the project that their page shows, one after the other, as a reader would.

`:id` in a path or body is the `id` of the last answer that had one.
"""

from pathlib import Path

import pytest

from docs.booting import People, booted
from docs.exchanges import compare, read_exchange, send
from docs.fences import all_fences

EXAMPLES = [fence for fence in all_fences("http") if "of" in fence.info]
PAGES = sorted({fence.topic for fence in EXAMPLES})


def test_an_example_is_of_the_full_example_or_of_its_page() -> None:
    assert {fence.info["of"] for fence in EXAMPLES} == {"page"}
    assert all(set(fence.info) <= {"of"} for fence in all_fences("http"))


@pytest.mark.parametrize("page", PAGES)
def test_the_examples_of_a_page_answer_as_they_show(page: str, tmp_path: Path) -> None:
    with booted(page, tmp_path) as lane:
        people, last = People(lane), ""
        for fence in (one for one in EXAMPLES if one.topic == page):
            exchange = read_exchange(fence.text)
            path, body = (text.replace(":id", last) for text in (exchange.path, exchange.body))
            response = send(people.client(exchange.caller), exchange, path, body)
            compare(fence, exchange, response)
            answer = response.json()
            last = answer.get("id", last) if isinstance(answer, dict) else last
