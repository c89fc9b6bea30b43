"""What a diagnostic code means: the page that its problem class carries."""

from dataclasses import dataclass

from qb_mcp.errors import QbError
from qb_mcp.operations.names import nearest_names
from qb_mcp.operations.text import one_line


@dataclass(frozen=True, slots=True)
class Explanation:
    """`text` begins with the code; `docs` is `topic#heading`, empty where there is no page."""

    code: str
    text: str
    docs: str


def known_codes() -> tuple[str, ...]:
    """Every diagnostic code, in order."""
    from qb_compiler.codes import CODES  # noqa: PLC0415 - the compiler is loaded once something needs it

    return tuple(sorted(CODES))


def explain_error(code: str) -> Explanation:
    """The explanation of a code or of a code's name."""
    from qb_compiler.diagnostics.explain import explain  # noqa: PLC0415 - as above

    wanted = code.strip().strip("[]`")
    found = explain(wanted.upper()) or explain(wanted.lower())
    if found is None:
        near = ", ".join(f"`{name}`" for name in nearest_names(wanted.upper(), known_codes()))
        hint = f"nearest: {near}" if near else "codes look like QB4401; the topic `compiler/error-codes` lists them all"
        raise QbError(f"there is no diagnostic `{one_line(code, 60)}`", hint)
    return Explanation(found.code, found.text, found.docs)
