"""A topic as the terminal shows it: the file above a block of code, and nothing cut off in tables."""

from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import CodeBlock, Markdown, TableElement
from rich.table import Table
from rich.text import Text


class NamedCode(CodeBlock):
    """A block of code below the file it belongs into."""

    file = ""

    @classmethod
    def create(cls, markdown: Markdown, token: object) -> "NamedCode":
        info = str(getattr(token, "info", ""))
        block = cls((info.split() or ["text"])[0], markdown.code_theme)
        block.file = next((word.removeprefix("file=") for word in info.split() if word.startswith("file=")), "")
        return block

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if self.file:
            yield Text(self.file, style="dim")
        yield from super().__rich_console__(console, options)


class FoldedTable(TableElement):
    """A table whose long words go on in the next line."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for part in super().__rich_console__(console, options):
            if isinstance(part, Table):
                for column in part.columns:
                    column.overflow = "fold"
            yield part


class Topic(Markdown):
    """The markdown of a topic."""

    elements = {**Markdown.elements, "fence": NamedCode, "table_open": FoldedTable}
