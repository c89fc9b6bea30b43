"""The code blocks of the documentation, and what their info strings promise.

```ts check file=quickback/features/x/x.ts     compiles, together with the earlier files of the page
```ts check in=candidates                      compiles inside the sample table, config or actions of that name
```ts error=QB4401 in=candidates               is refused with exactly that code
```ts run file=tests/x.test.ts                  runs with Node against the compiled full example
```ts illustrative="why it cannot be checked"
"""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass

from qb_mcp.corpus.load import bundled

OPENING = re.compile(r"```(\w+)(?: +(.*))?$")


@dataclass(frozen=True)
class Fence:
    """A code block. `line` counts from the first line of the page's body."""

    topic: str
    line: int
    language: str
    info: dict[str, str]
    text: str

    @property
    def name(self) -> str:
        return f"{self.topic}:{self.line}"


def read_fences(topic: str, body: str) -> Iterator[Fence]:
    opened: tuple[int, str, dict[str, str]] | None = None
    lines: list[str] = []
    for number, line in enumerate(body.splitlines(), 1):
        if opened is None:
            if match := OPENING.match(line):
                opened = number, match[1], read_info(match[2] or "")
                lines = []
        elif line == "```":
            yield Fence(topic, opened[0], opened[1], opened[2], "\n".join(lines) + "\n")
            opened = None
        else:
            lines.append(line)


def read_info(text: str) -> dict[str, str]:
    words = (word.partition("=") for word in shlex.split(text))
    return {key: value for key, _, value in words}


def all_fences(*languages: str) -> list[Fence]:
    found = (fence for topic, body in bundled().bodies.items() for fence in read_fences(topic, body))
    return [fence for fence in found if fence.language in languages]
