"""What clients may attach and subscribe to: the open project's config, features and registry, every topic and skill;
and, by address alone, what a diagnostic code means."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from qb_mcp.corpus import TopicSummary, lookup, topics
from qb_mcp.errors import QbError
from qb_mcp.operations.explain_error import explain_error
from qb_mcp.operations.find_project import FoundProject
from qb_mcp.operations.list_features import list_features
from qb_mcp.operations.project_files import read_file
from qb_mcp.operations.read_config import read_config
from qb_mcp.operations.read_schema_registry import REGISTRY
from qb_mcp.operations.skills import Skill, bundled_skills
from qb_mcp.operations.text import one_line

DOCS = "quickback://docs/"
ERRORS = "quickback://errors/"
SKILLS = "skill://"
PROJECT = "quickback://project/"
CONFIG = f"{PROJECT}config"
FEATURE = f"{PROJECT}features/"
REGISTRY_URI = f"{PROJECT}registry"
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

    @property
    def variable(self) -> str:
        """The name of its variable."""
        return re.findall(r"\{\+?(\w+)\}", self.uri)[0]  # type: ignore[no-any-return]


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
    Template(
        "quickback://errors/{code}",
        "error",
        "A diagnostic code",
        "What a finding of compile means, with an example and the fix.",
        MARKDOWN,
    ),
)


def list_resources(project: FoundProject | None) -> tuple[Listed, ...]:
    """The project's resources first, then every topic, then the skills."""
    of_skills = (listed for skill in bundled_skills() for listed in _skill_files(skill))
    return (*_project_resources(project.root if project else None), *map(_topic, topics()), *of_skills)


def _topic(topic: TopicSummary) -> Listed:
    return Listed(f"{DOCS}{topic.key}", topic.key, topic.title, topic.description, MARKDOWN, 0.5)


def _skill_files(skill: Skill) -> Iterator[Listed]:
    """The skill itself under its name, its references under theirs."""
    main, *others = skill.files
    yield Listed(
        f"{SKILLS}{main.path}", skill.name, f"Skill {skill.name}", skill.description, MARKDOWN, 0.4, len(main.content)
    )
    for file in others:
        name = file.path.removeprefix(f"{skill.name}/")
        about = f"A reference of the skill {skill.name}."
        yield Listed(
            f"{SKILLS}{file.path}", name, f"Skill {skill.name}: {name}", about, MARKDOWN, 0.2, len(file.content)
        )


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
        raise QbError(f"no resource `{one_line(uri, 120)}`", f"nearest: {', '.join(f'{DOCS}{key}' for key in near)}")
    text = found.page.part(found.section) if found.section else None
    return Content(text or found.page.markdown, MARKDOWN, public=True)


def read_error(uri: str) -> Content:
    """The explanation of a diagnostic code."""
    return Content(explain_error(uri.removeprefix(ERRORS)).text, MARKDOWN, public=True)


def read_skill(uri: str) -> Content:
    """A file of a skill by its address."""
    files = {f"{SKILLS}{file.path}": file for skill in bundled_skills() for file in skill.files}
    if uri not in files:
        raise QbError(f"no resource `{one_line(uri, 120)}`", f"skills: {', '.join(files)}")
    return Content(files[uri].text, MARKDOWN, public=True)


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
    raise QbError(
        f"no resource `{one_line(uri, 120)}`", f"features: {', '.join(f.name for f in list_features(project.root))}"
    )
