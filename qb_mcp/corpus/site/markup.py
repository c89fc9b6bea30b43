"""Markdown of a topic to HTML: anchored headings, links to topics, highlighted code, no HTML of its own."""

from collections.abc import Sequence
from functools import cache
from html import escape

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from pygments import highlight  # type: ignore[import-untyped]
from pygments.formatters import HtmlFormatter  # type: ignore[import-untyped]
from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped]
from pygments.util import ClassNotFound  # type: ignore[import-untyped]

from qb_mcp.corpus.load import slug

LEXERS = {"ts": "typescript", "text": "text", "http": "text"}


class Renderer(RendererHTML):
    """Adds what the pages need to the plain renderer."""

    def heading_open(self, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType) -> str:
        heading = tokens[place]
        heading.attrSet("id", slug(tokens[place + 1].content.replace("`", "")))
        return self.renderToken(tokens, place, options, env)

    def link_open(self, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType) -> str:
        link = tokens[place]
        target = str(link.attrGet("href") or "")
        if not target.startswith(("https://", "#")):
            link.attrSet("href", f"/{target}")
        return self.renderToken(tokens, place, options, env)

    def table_open(self, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType) -> str:
        tokens[place].attrSet("tabindex", "0")
        return self.renderToken(tokens, place, options, env)

    def fence(self, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType) -> str:
        language, _, info = tokens[place].info.partition(" ")
        shown = code(language, tokens[place].content)
        # What is too wide for the screen is scrolled, with the keyboard, too.
        return f'{caption(info)}<pre class="code" tabindex="0"><code>{shown}</code></pre>\n'


@cache
def markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}, renderer_cls=Renderer).enable("table")


def to_html(text: str) -> str:
    """A topic's body as HTML."""
    return str(markdown().render(text))


def inline_html(text: str) -> str:
    """A line of markdown as HTML."""
    return str(markdown().renderInline(text))


def caption(info: str) -> str:
    """What stands above a block of code: the file it belongs into, or the code with which it is refused."""
    said = dict(word.partition("=")[::2] for word in info.split())
    if "file" in said:
        return f'<p class="file">{escape(said["file"])}</p>\n'
    if "error" in said:
        return f'<p class="file">does not compile: {escape(said["error"])}</p>\n'
    return ""


def code(language: str, text: str) -> str:
    """Code with the classes that `style_of_code` colours."""
    try:
        lexer = get_lexer_by_name(LEXERS.get(language, language))
    except ClassNotFound:
        return escape(text)
    return str(highlight(text, lexer, HtmlFormatter(nowrap=True)))


def style_of_code() -> str:
    """Colours of code for light and dark screens."""
    light = HtmlFormatter(style="default").get_style_defs(".code")
    dark = HtmlFormatter(style="github-dark").get_style_defs(".code")
    return f"{light}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}\n"
