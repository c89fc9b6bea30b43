"""All weakenings of a project's generated files. The author's own code is not ours to weaken."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tree_sitter import Node

from mutation import operators
from qb_compiler.contracts.typescript import Module, callee, line, parse, walk

MUTATED = re.compile(
    r"src/(lib/[\w-]+|db/(scoped|connections)|auth/(auth|identity)|index|features/.*(routes|resource|actions|cascade))\.ts"
)
OWN_PROJECT = re.compile(r"src/(features|db|auth|index)")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One replacement in one file. `projects` have that file; `statement` when a whole statement goes."""

    place: str
    path: str
    line: int
    start: int
    end: int
    operator: str
    original: str
    text: str
    projects: tuple[str, ...]
    key: str
    statement: bool = False

    @property
    def twin(self) -> str:
        """The same for the same change of the same template in every project."""
        return self.key.removeprefix(self.place.removesuffix(self.path))

    def applied(self, source: str) -> str:
        encoded = source.encode()
        return (encoded[: self.start] + self.text.encode() + encoded[self.end :]).decode()


@dataclass(frozen=True, slots=True)
class Source:
    """A generated file, shared by the projects in which it is the same to the byte."""

    path: str
    text: str
    projects: tuple[str, ...]

    @property
    def place(self) -> str:
        """The name of the file in keys: of the runtime there is one, of the rest one for each project."""
        return f"{'+'.join(self.projects)}:{self.path}" if OWN_PROJECT.match(self.path) else self.path


def sources(projects: Mapping[str, Mapping[str, str]]) -> list[Source]:
    """The files to weaken of several projects, each text once."""
    holders: dict[tuple[str, str], list[str]] = {}
    for project, files in sorted(projects.items()):
        for path, text in sorted(files.items()):
            if MUTATED.fullmatch(path):
                holders.setdefault((path, text), []).append(project)
    return [Source(path, text, tuple(names)) for (path, text), names in holders.items()]


def mutants(source: Source) -> list[Mutant]:
    """Every weakening of one file, each with a key that survives changes elsewhere in the file."""
    module = parse(source.path, source.text)
    seen: dict[str, int] = {}
    found = []
    for node, operator, text in replacements(module):
        original = module.text(node)
        name = f"{source.place} {around(module, node)} {operator}: {short(original)} -> {short(text) or 'nothing'}"
        seen[name] = seen.get(name, 0) + 1
        key = name if seen[name] == 1 else f"{name} #{seen[name]}"
        place = (source.place, source.path, line(node), node.start_byte, node.end_byte)
        found.append(Mutant(*place, operator, original, text, source.projects, key, operator == "statement"))
    return found


def replacements(module: Module) -> Iterator[tuple[Node, str, str]]:
    for root in ours(module):
        for node in walk(root):
            if is_authors(module, node):
                continue
            if operators.is_step(module, node):
                yield node, "statement", ""
            for operator, text in operators.of(module, node):
                if text != module.text(node):
                    yield node, operator, text


def ours(module: Module) -> list[Node]:
    """Of a file with the author's actions, only the rules are generated."""
    if module.path.endswith(".actions.ts"):
        return [module.exported["actionAccess"]]
    return [module.root]


def is_authors(module: Module, node: Node) -> bool:
    """What the author demands of a value stands in the schema of the body as it was written."""
    while node.parent is not None:
        node = node.parent
        if node.type == "call_expression" and callee(module, node).endswith(".refine"):
            return True
    return False


def around(module: Module, node: Node) -> str:
    """The names of what the node stands in: `readPage`, `GET /:id`."""
    names = []
    while node.parent is not None:
        name = node.child_by_field_name("name")
        if name is not None and node.type in {"variable_declarator", "function_declaration", "method_definition"}:
            names.append(module.text(name))
        if node.type == "call_expression" and (route := re.match(r"routes\.(\w+)\(\s*\"(.*?)\"", module.text(node))):
            names.append(f"{route[1].upper()} {route[2]}")
        node = node.parent
    return " in ".join(names[:2])


def short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 90 else f"{flat[:60]}…{flat[-29:]}"
