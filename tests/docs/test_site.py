"""The documentation as a web site: topics are pages whose links lead somewhere, search answers, markdown is offered."""

import re
import threading
from collections.abc import Iterator

import httpx
import pytest

from qb_mcp.corpus.load import bundled
from qb_mcp.corpus.site.markup import to_html
from qb_mcp.corpus.site.outline import outline
from qb_mcp.corpus.site.serve import answer, open_server

KEYS = sorted(bundled().summaries)


@pytest.fixture(scope="module")
def site() -> Iterator[httpx.Client]:
    with open_server(0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with httpx.Client(base_url=f"http://127.0.0.1:{server.server_port}") as client:
            yield client
        server.shutdown()


def ids(html: str) -> set[str]:
    return set(re.findall(r'id="([^"]+)"', html))


def page(key: str) -> str:
    status, _, html = answer(f"/{key}")
    assert status == 200
    return html


@pytest.mark.parametrize("key", KEYS)
def test_every_link_of_a_page_leads_to_a_page_and_a_heading(key: str) -> None:
    html = page(key)
    for target in re.findall(r'href="([^"]+)"', html):
        path, _, anchor = target.partition("#")
        if target.startswith("https://"):
            continue
        status, _, text = answer(path) if path else (200, "", html)
        assert status == 200, target
        assert not anchor or anchor in ids(text), target


def test_the_navigation_holds_every_topic_once() -> None:
    listed = [topic.key for group in outline() for topic in group.topics]
    assert sorted(listed) == KEYS
    assert all(group.topics for group in outline())


def test_the_site_opens_with_how_to_start(site: httpx.Client) -> None:
    response = site.get("/")
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "<h1>Getting Started</h1>" in response.text
    assert "default-src 'none'" in response.headers["content-security-policy"]


def test_a_search_shows_sections_and_what_was_corrected(site: httpx.Client) -> None:
    text = site.get("/search", params={"q": "firewal"}).text
    assert "Searched for <em>firewall</em>" in text
    assert 'href="/compiler/definitions/firewall' in text


@pytest.mark.parametrize("query", ["", "<script>alert(1)</script>", "?" * 2000, "xyzzyqwv"])
def test_a_search_for_anything_is_answered_and_escaped(site: httpx.Client, query: str) -> None:
    response = site.get("/search", params={"q": query})
    assert response.status_code == 200
    assert "<script" not in response.text


def test_a_topic_is_offered_as_markdown(site: httpx.Client) -> None:
    response = site.get("/compiler/definitions/firewall.md")
    assert response.headers["content-type"] == "text/markdown; charset=utf-8"
    assert response.text.startswith("# Firewall\n\nWrite `firewall:")


def test_llms_txt_lists_every_topic_with_what_it_is_about(site: httpx.Client) -> None:
    text = site.get("/llms.txt").text
    assert text.startswith("# Quickback\n\n> ")
    for key, summary in bundled().summaries.items():
        assert f"- [{summary.title}](/{key}.md): {summary.description}" in text


@pytest.mark.parametrize("path", ["/nonsense", "/../../etc/passwd", "/%2e%2e/x", "/compiler/%00", "/firewal", "/x.md"])
def test_an_unknown_page_is_404_and_names_near_ones(site: httpx.Client, path: str) -> None:
    response = site.get(path)
    assert response.status_code == 404
    assert 'href="/' in response.text


def test_only_reading_is_answered(site: httpx.Client) -> None:
    assert site.head("/").status_code == 200
    assert site.post("/").status_code == 501


def test_html_in_a_page_stays_text() -> None:
    assert "<script>" not in to_html("a <script>alert(1)</script>\n\n<b>x</b>\n")
