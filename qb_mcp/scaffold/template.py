"""The templates a project can start from, read from the real files beside this module."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from jinja2 import Environment, StrictUndefined

from qb_mcp.errors import QbError

COMMON = "common"


@dataclass(frozen=True, slots=True)
class Template:
    """`slug` is what is typed and the folder's name; `about` is one line for the person who chooses."""

    slug: str
    title: str
    about: str


TEMPLATES: tuple[Template, ...] = (
    Template("cloudflare", "Cloudflare", "hiring: jobs, candidates with masked contacts, actions"),
    Template("b2b-saas", "B2B SaaS", "projects, tasks with owners, invoices with actions"),
)


def template(slug: str) -> Template:
    """The template of that name, or an error that lists them."""
    found = next((one for one in TEMPLATES if one.slug == slug), None)
    if found:
        return found
    listed = ", ".join(one.slug for one in TEMPLATES)
    raise QbError(
        f"there is no template `{slug}`", f"one of: {listed}; for example `quickback create cloudflare my-app`"
    )


def render(chosen: Template, name: str) -> Mapping[str, str]:
    """The files of a new project, by path: those of every project, then those of the template."""
    folder = files("qb_mcp") / "scaffold" / "templates"
    environment = Environment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)
    texts: dict[str, str] = {}
    for path, text in (*_tree(folder / COMMON), *_tree(folder / chosen.slug)):
        rendered = environment.from_string(text).render(name=name, template=chosen) if path.endswith(".jinja") else text
        texts[_target(path)] = rendered
    return dict(sorted(texts.items()))


def _tree(folder: Traversable, prefix: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        path = prefix + item.name
        if item.is_dir():
            found += _tree(item, f"{path}/")
        elif item.is_file():
            found.append((path, item.read_text(encoding="utf-8")))
    return found


def _target(path: str) -> str:
    """Where a template's file goes: `dot-` is spelled out, since git and the packager read real dot files."""
    parts = path.removesuffix(".jinja").split("/")
    return "/".join(f".{part.removeprefix('dot-')}" if part.startswith("dot-") else part for part in parts)
