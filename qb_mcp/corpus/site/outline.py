"""The topics by the part of the product they belong to, for navigation and for `llms.txt`."""

from dataclasses import dataclass

from qb_mcp.corpus.load import topics
from qb_mcp.corpus.model import TopicSummary

# A topic belongs to the first group one of whose folders it is in; within a group, folders come in this order.
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Start", ("compiler/getting-started",)),
    ("Definitions", ("compiler/definitions",)),
    ("Using the API", ("compiler/using-the-api",)),
    ("Configuration", ("compiler/config",)),
    ("Patterns and workflows", ("compiler/patterns", "compiler/workflows")),
    ("Auth and data", ("stack",)),
    ("Interfaces", ("account-ui", "cms")),
    ("Tools", ("plugins-tools", "compiler/cloud-compiler")),
    ("Compiler", ("compiler", "changelog", "not-built-yet")),
)


@dataclass(frozen=True, slots=True)
class Group:
    """A heading of the navigation with its topics."""

    title: str
    topics: tuple[TopicSummary, ...]


def group_of(key: str) -> tuple[int, int]:
    """(group, folder) of a topic; the last group takes what no other does."""
    for number, (_, folders) in enumerate(GROUPS):
        for place, folder in enumerate(folders):
            if key == folder or key.startswith(f"{folder}/"):
                return number, place
    return len(GROUPS) - 1, len(GROUPS[-1][1])


def outline() -> tuple[Group, ...]:
    """Every topic once, in the order of reading."""
    ordered = sorted(topics(), key=lambda topic: (*group_of(topic.key), topic.key))
    return tuple(
        Group(title, tuple(topic for topic in ordered if group_of(topic.key)[0] == number))
        for number, (title, _) in enumerate(GROUPS)
    )
