"""What a contract found, and how much it looked at."""

from dataclasses import dataclass, field

from qb_compiler.model.record import record


@record
class Violation:
    """`destination` is `hono` or `rls`; `file` and `line` are of the generated code."""

    contract: str
    destination: str
    file: str
    line: int
    table: str
    operation: str
    message: str

    @property
    def key(self) -> tuple[str, int, str, str]:
        return self.file, self.line, self.contract, self.message


@record
class Disclosure:
    """Something that callers can learn of hidden rows or values because the definition says so."""

    table: str
    columns: tuple[str, ...]
    message: str


@dataclass(slots=True)
class Examination:
    """Counts of what was examined: a report that examined nothing is no proof."""

    files: int = 0
    routes: int = 0
    queries: int = 0
    rules: int = 0
    violations: list[Violation] = field(default_factory=list)
    disclosures: list[Disclosure] = field(default_factory=list)

    def add(self, part: "Examination") -> None:
        """Counts what was examined of one more part, and takes its violations."""
        self.files += part.files
        self.routes += part.routes
        self.queries += part.queries
        self.rules += part.rules
        self.violations.extend(part.violations)
