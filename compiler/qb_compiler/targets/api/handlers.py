"""How a route is registered: the line that opens its handler, with the trail before it where one is kept."""

from qb_compiler.model.record import record
from qb_compiler.targets.api.code import WIDTH, Code, flat, layout, object_, text

Trail = list[tuple[str, Code]]


@record
class Registration:
    """The lines around the steps; `nested` steps stand two columns further in."""

    opening: str
    closing: str
    nested: bool


def registration(verb: str, path: str, trail: Trail | None) -> Registration:
    """`routes.post("/", async (c) => {`, or the same with `audited({ … })` between."""
    if trail is None:
        return Registration(f"routes.{verb}({text(path)}, async (c) => {{", "});", False)
    line = f"routes.{verb}({text(path)}, audited({flat(object_(trail))}), async (c) => {{"
    if len(line) <= WIDTH:
        return Registration(line, "});", False)
    audited = layout("  audited(", object_(trail), "),", indent=2)
    opening = f"routes.{verb}(\n  {text(path)},\n{audited}\n  async (c) => {{"
    return Registration(opening, "  },\n);", True)
