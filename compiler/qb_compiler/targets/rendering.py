"""The one jinja environment. Templates lie beside what they render, anywhere in the package; text from an author enters
through `| ts` only."""

import json
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

_encoded = json.JSONEncoder(ensure_ascii=False).encode


def ts(value: object) -> str:
    """A TypeScript literal of plain data: JSON, which is also valid TypeScript once line separators are escaped."""
    return _encoded(value).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


@cache
def environment() -> Environment:
    env = Environment(
        loader=PackageLoader("qb_compiler", ""),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    env.filters["ts"] = ts
    return env


def render(template: str, **context: object) -> str:
    """`template` is a path inside the package, such as `targets/api/routes.ts.jinja`."""
    return environment().get_template(template).render(**context)
