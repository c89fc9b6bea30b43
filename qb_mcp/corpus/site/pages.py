"""The pages of the site: a topic, search results, and what is shown when there is nothing."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from qb_mcp import __version__, corpus
from qb_mcp.corpus.model import Page
from qb_mcp.corpus.site.markup import inline_html, style_of_code, to_html
from qb_mcp.corpus.site.outline import outline

START = "compiler/getting-started"
MOST_HITS = 12


@cache
def environment() -> Environment:
    loader = PackageLoader("qb_mcp.corpus.site", "")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def fill(template: str, title: str, key: str, **values: object) -> str:
    shared = {"title": title, "key": key, "groups": outline(), "version": __version__, "query": ""}
    return environment().get_template(template).render(shared | values)


@cache
def topic_page(key: str) -> str | None:
    """A topic as a web page."""
    page = corpus.page(key)
    return _topic_page(page) if page else None


def _topic_page(page: Page) -> str:
    headings = [section for section in page.sections if section.level == 2]
    related = [found for key in page.related if (found := corpus.page(key))]
    # Safe: the renderer escapes everything and passes no HTML through.
    body = Markup(to_html(page.body))
    return fill("topic.html.jinja", page.title, page.key, page=page, body=body, headings=headings, related=related)


def search_page(query: str) -> str:
    """What is found for a query."""
    found = corpus.search(query, MOST_HITS)
    hits = [(hit, Markup(inline_html(hit.snippet))) for hit in found.hits]
    return fill("search.html.jinja", f"Search: {query}", "", query=query, hits=hits, corrections=found.corrections)


def missing_page(name: str) -> str:
    """What a name that is no topic may have meant."""
    found = corpus.lookup(name)
    near = [found.page.key] if found.page else list(found.suggestions)
    pages = [page for key in near if (page := corpus.page(key))]
    return fill("missing.html.jinja", "No such page", "", name=name, pages=pages)


def icon() -> str:
    """The picture in the browser's tab."""
    return environment().get_template("icon.svg").render()


def style() -> str:
    """The one style sheet."""
    return environment().get_template("style.css").render() + style_of_code()
