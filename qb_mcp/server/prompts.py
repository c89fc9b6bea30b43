"""The prompts a person can pick in a client. Their steps are documentation topics, so clients without prompts reach the
same guidance with `get_doc`."""

from collections.abc import Mapping
from dataclasses import dataclass

from qb_mcp.corpus import page
from qb_mcp.errors import QbError
from qb_mcp.operations.text import one_line

WORKFLOWS = "compiler/workflows"


@dataclass(frozen=True, slots=True)
class Prompt:
    """`goal` is the first line, with a place for the one `argument`; `otherwise` fills it when it is left out."""

    name: str
    title: str
    description: str
    argument: str
    meaning: str
    goal: str
    otherwise: str = ""

    @property
    def topic(self) -> str:
        """The documentation topic that holds the steps."""
        return f"{WORKFLOWS}/{self.name.replace('_', '-')}"

    @property
    def required(self) -> bool:
        return not self.otherwise

    def text(self, given: Mapping[str, str]) -> str:
        """The goal in the person's words, then the steps."""
        words = one_line(given.get(self.argument, ""), 1_000) or self.otherwise
        if not words:
            raise QbError(f"`{self.argument}` is missing", f"{self.name}: {self.meaning}")
        steps = page(self.topic)
        return f"{self.goal.format(words)}\n\n{steps.body if steps else ''}".strip()


PROMPTS = (
    Prompt(
        "new_feature",
        "Add a feature",
        "Design and write a new feature with its security, then check it.",
        "what",
        "What it is for, who uses it, what they must not see or do.",
        "Add a Quickback feature: {}",
    ),
    Prompt(
        "secure_table",
        "Secure an existing table",
        "Review a table's firewall, access, guards and masking, and tighten them.",
        "table",
        "Name of the table.",
        "Review and tighten the security of the table `{}`.",
    ),
    Prompt(
        "debug_access",
        "Debug access",
        "Find out why someone sees, or does not see, something.",
        "symptom",
        "Who does what, what happens, and what should.",
        "Find out why this happens, with evidence: {}",
    ),
    Prompt(
        "review_change",
        "Review a change",
        "Say what a change to the definitions opens or closes, and to whom.",
        "change",
        "A branch, commit or description; uncommitted changes if left out.",
        "Review this change as the person who answers for the data: {}",
        otherwise="the uncommitted changes under quickback/",
    ),
    Prompt(
        "migrate_schema",
        "Migrate the schema",
        "Change tables of a running project without losing data.",
        "change",
        "What should be different.",
        "Change the schema without losing data: {}",
    ),
)
