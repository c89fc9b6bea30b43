"""What a tool is, without the protocol: its parameters, what clients are told, a function from a call to an answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from qb_mcp.operations.find_project import FoundProject
from qb_mcp.operations.json_value import Json, JsonObject

Value: TypeAlias = str | int | bool | tuple[str, ...]
Kind = Literal["string", "integer", "boolean", "array"]
Progress: TypeAlias = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Parameter:
    """`aliases` are names that models are known to use instead; they are understood but not offered. The items of an
    array are strings."""

    name: str
    kind: Kind
    description: str
    required: bool = False
    aliases: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()

    @property
    def schema(self) -> JsonObject:
        schema: dict[str, Json] = {"type": self.kind, "description": self.description}
        items: dict[str, Json] = {"enum": self.choices} if self.choices else {}
        if self.kind == "array":
            items = {"items": {"type": "string", **items}}
        schema.update(items)
        if self.kind == "integer":
            schema["minimum"] = 0
        return schema


@dataclass(frozen=True, slots=True)
class Call:
    """One call: checked arguments, a way to the project, and where progress goes (it raises to stop abandoned work)."""

    arguments: Mapping[str, Value]
    find_project: Callable[[str | None], FoundProject]
    progress: Progress

    def text(self, name: str, default: str = "") -> str:
        return str(self.arguments.get(name, default))

    def optional(self, name: str) -> str | None:
        """A text argument, None where it was left out or left empty."""
        return str(self.arguments.get(name, "")) or None

    def texts(self, name: str) -> tuple[str, ...]:
        """An array argument, empty where it was left out."""
        given = self.arguments.get(name, ())
        return given if isinstance(given, tuple) else (str(given),)

    def number(self, name: str, default: int = 0) -> int:
        return int(str(self.arguments.get(name, default)))

    def flag(self, name: str) -> bool:
        return bool(self.arguments.get(name, False))

    def project(self) -> FoundProject:
        return self.find_project(self.optional("project"))


@dataclass(frozen=True, slots=True)
class Answer:
    """`facts` say the same as `text` for machines; documentation has none, so that clients show it as it is."""

    text: str
    facts: JsonObject | None = None


@dataclass(frozen=True, slots=True)
class Tool:
    """`facts` is the schema of an answer's facts. A `quick` tool looks things up in memory; others run in a thread."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    run: Callable[[Call], Answer]
    facts: JsonObject | None = None
    writes: bool = False
    quick: bool = False

    @property
    def input_schema(self) -> JsonObject:
        required = [parameter.name for parameter in self.parameters if parameter.required]
        return {
            "type": "object",
            "properties": {parameter.name: parameter.schema for parameter in self.parameters},
            **({"required": required} if required else {}),
            "additionalProperties": False,
        }


PROJECT = Parameter(
    "project",
    "string",
    "Folder; default the open one.",
    aliases=("root", "path", "project_path", "projectPath", "cwd", "directory"),
)


def shape(**properties: Json) -> JsonObject:
    """The schema of an object. It is kept short, as every client pays for it with every list of tools."""
    return {"type": "object", "properties": properties}


def listing(items: Json) -> JsonObject:
    """The schema of a list."""
    return {"type": "array", "items": items}


TEXT: JsonObject = {"type": "string"}
NUMBER: JsonObject = {"type": "integer"}
FLAG: JsonObject = {"type": "boolean"}
ENTRY: JsonObject = {"type": "object"}
