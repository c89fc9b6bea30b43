"""What clients may attach and subscribe to: every topic, and the open project's config, features and registry."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from qb_mcp.corpus import TopicSummary, lookup, topics
from qb_mcp.errors import QbError
from qb_mcp.operations.find_project import FoundProject
from qb_mcp.operations.list_features import list_features
from qb_mcp.operations.project_files import read_file
from qb_mcp.operations.read_config import read_config
from qb_mcp.operations.read_schema_registry import REGISTRY

DOCS = "quickback://docs/"
CONFIG = "quickback://project/config"
FEATURE = "quickback://project/features/"
REGISTRY_URI = "quickback://project/registry"
MARKDOWN, TYPESCRIPT, JSON = "text/markdown", "text/typescript", "application/json"


@dataclass(frozen=True, slots=True)
class Listed:
    """A resource as it is listed. `size` is in bytes where it is known."""

    uri: str
    name: str
    title: str
    description: str
    mime_type: str
    priority: float
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """A family of resources; its variable can be completed."""

    uri: str
    name: str
    title: str
    description: str
    mime_type: str


@dataclass(frozen=True, slots=True)
class Content:
    """What a resource holds. Documentation is the same for everyone, a project's files are not."""

    text: str
    mime_type: str
    public: bool


TEMPLATES = (
    Template(
        "quickback://docs/{+topic}",
        "topic",
        "A documentation topic",
        "One topic by key; topic#heading reads a section.",
        MARKDOWN,
    ),
    Template(
        "quickback://project/features/{name}",
        "feature",
        "A feature",
        "All source files of one feature of the open project.",
        TYPESCRIPT,
    ),
)


def list_resources(project: FoundProject | None) -> tuple[Listed, ...]:
    """The project's resources first, then every topic."""
    return (*_project_resources(project.root if project else None), *(_topic(topic) for topic in topics()))


def _topic(topic: TopicSummary) -> Listed:
    return Listed(f"{DOCS}{topic.key}", topic.key, topic.title, topic.description, MARKDOWN, 0.5)


def _project_resources(root: Path | None) -> Iterator[Listed]:
    if root is None:
        return
    yield Listed(CONFIG, "config", "Configuration", "quickback.config.ts, secrets redacted.", TYPESCRIPT, 0.8)
    for feature in list_features(root):
        yield Listed(
            f"{FEATURE}{feature.name}",
            feature.name,
            f"Feature {feature.name}",
            "Source of one feature.",
            TYPESCRIPT,
            0.7,
        )
    if (root / REGISTRY).is_file():
        yield Listed(REGISTRY_URI, "registry", "Schema registry", "Every table as compiled.", JSON, 0.6)


def read_topic(uri: str) -> Content:
    """A topic by its address; the address of a section reads only that."""
    name = uri.removeprefix(DOCS)
    found = lookup(name)
    if found.page is None or (found.note and not found.section):
        near = found.suggestions or ((found.page.key,) if found.page else ())
        raise QbError(f"no resource `{uri}`", f"nearest: {', '.join(f'{DOCS}{key}' for key in near)}")
    text = found.page.part(found.section) if found.section else None
    return Content(text or found.page.markdown, MARKDOWN, public=True)


def read_project_resource(uri: str, project: FoundProject) -> Content:
    """A resource of the open project."""
    if uri == CONFIG:
        return Content(read_config(project.root).text, TYPESCRIPT, public=False)
    if uri == REGISTRY_URI:
        return Content(read_file(project.root, REGISTRY).text, JSON, public=False)
    for feature in list_features(project.root):
        if uri == f"{FEATURE}{feature.name}":
            files = [f"// {file.path}\n{read_file(project.root, file.path).text}" for file in feature.files]
            return Content("\n".join(files), TYPESCRIPT, public=False)
    raise QbError(f"no resource `{uri}`", f"features: {', '.join(f.name for f in list_features(project.root))}")
