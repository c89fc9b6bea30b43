"""Renders the teaching material; run as a program, it writes what differs."""

from collections.abc import Mapping

from jinja2 import Environment, PackageLoader, StrictUndefined

from qb_mcp import assets
from qb_mcp.clients.teaching.facts import read_facts

OUTPUTS: tuple[tuple[str, str], ...] = (
    ("SKILL.md", "skills/quickback/SKILL.md"),
    ("security.md", "skills/quickback/references/security.md"),
    ("actions.md", "skills/quickback/references/actions.md"),
    ("api.md", "skills/quickback/references/api.md"),
    ("config.md", "skills/quickback/references/config.md"),
    ("agent.md", "skills/agents/quickback-specialist.md"),
    ("block.md", "skills/block.md"),
    ("quickback.mdc", "cursor_rules/quickback.mdc"),
)


def render() -> Mapping[str, str]:
    """Every file of the teaching material, by its path in the checkout."""
    loader = PackageLoader("qb_mcp.clients.teaching", "templates")
    environment = Environment(
        loader=loader,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    facts = read_facts()
    return {path: environment.get_template(f"{name}.jinja").render(facts=facts) for name, path in OUTPUTS}


def write() -> tuple[str, ...]:
    """Write the files that differ and return their paths."""
    changed = []
    for path, text in render().items():
        target = assets.root() / path
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
            changed.append(path)
    return tuple(changed)


if __name__ == "__main__":
    write()
