"""What the statements of a module declare, import and export; nothing is evaluated here."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from qb_compiler.evaluate.free_names import pattern_names
from qb_compiler.evaluate.literals import unescaped
from qb_compiler.model.record import record
from qb_compiler.span import Span
from qb_compiler.syntax.tree import Node, Tree

DEFAULT = "default"
FUNCTION_STATEMENTS = frozenset({"function_declaration", "generator_function_declaration"})
CLASS_STATEMENTS = frozenset({"class_declaration", "abstract_class_declaration"})
TYPE_STATEMENTS = frozenset({"interface_declaration", "type_alias_declaration"})
SILENT = frozenset({"comment", "function_signature", "empty_statement", "hash_bang_line"})
VARIABLES = frozenset({"lexical_declaration", "variable_declaration"})


@dataclass(slots=True)
class Binding:
    """One name. `kind` is const, let, var, function, class, enum, namespace, type, ambient, import, default.

    `node` is what gives the value; it is dropped once evaluated. `start` and `end` are the bytes of the declaration.
    """

    name: str
    kind: str
    node: Node | None
    span: Span
    start: int
    end: int
    specifier: str = ""
    imported: str = ""
    type_only: bool = False

    @property
    def is_import(self) -> bool:
        return self.kind == "import"


@record
class ImportStatement:
    """`import … from` or `export … from`: the span is that of the quoted specifier."""

    specifier: str
    span: Span
    names: tuple[tuple[str, Span], ...]
    type_only: bool


@record
class Export:
    """`local` is a name of this module, or of the module `specifier`; "*" stands for all of that module."""

    local: str
    span: Span
    specifier: str = ""
    type_only: bool = False


@dataclass(slots=True)
class Declarations:
    """Everything that binding a module finds. A name may be a value (`bindings`) and a type (`types`) at once.

    `loose` statements run code when the module is loaded; `unsupported` ones import or export in old ways.
    """

    bindings: dict[str, Binding] = field(default_factory=dict)
    types: dict[str, Binding] = field(default_factory=dict)
    exports: dict[str, Export] = field(default_factory=dict)
    stars: list[Export] = field(default_factory=list)
    imports: list[ImportStatement] = field(default_factory=list)
    loose: list[Node] = field(default_factory=list)
    unsupported: list[Node] = field(default_factory=list)


def bind_module(tree: Tree) -> Declarations:
    """Reads the top level of a module."""
    found = Declarations()
    for statement in tree.root.named_children:
        kind = statement.type
        if kind == "import_statement":
            _bind_import(tree, statement, found)
        elif kind == "export_statement":
            _bind_export(tree, statement, found)
        elif kind not in SILENT and not _bind_declaration(tree, statement, found):
            found.loose.append(statement)
    return found


def _bind_declaration(tree: Tree, statement: Node, found: Declarations) -> tuple[str, ...]:
    """Adds what a declaration declares and returns the names; none for other statements."""
    names = tuple(_declared(tree, statement))
    for binding in names:
        place = found.types if binding.kind == "type" else found.bindings
        place.setdefault(binding.name, binding)
    return tuple(binding.name for binding in names)


def _declared(tree: Tree, statement: Node) -> Iterator[Binding]:
    kind = statement.type
    if kind in VARIABLES:
        word = statement.children[0].type
        for declarator in statement.named_children:
            if declarator.type == "variable_declarator":
                yield from _variables(tree, statement, declarator, word)
    elif kind in FUNCTION_STATEMENTS:
        yield _named(tree, statement, "function")
    elif kind in CLASS_STATEMENTS:
        yield _named(tree, statement, "class")
    elif kind == "enum_declaration":
        yield _named(tree, statement, "enum")
    elif kind in TYPE_STATEMENTS:
        yield _named(tree, statement, "type")
    elif kind == "ambient_declaration":
        for inner in statement.named_children:
            for binding in _declared(tree, inner):
                binding.kind = "type" if binding.kind == "type" else "ambient"
                yield binding
    elif kind == "expression_statement" and statement.named_children[0].type == "internal_module":
        yield _named(tree, statement.named_children[0], "namespace")


def _variables(tree: Tree, statement: Node, declarator: Node, word: str) -> Iterator[Binding]:
    pattern = declarator.child_by_field_name("name")
    if pattern is None:
        return
    start, end = statement.start_byte, statement.end_byte
    for name in pattern_names(tree, pattern):
        yield Binding(name, word, declarator, tree.span(pattern), start, end)


def _named(tree: Tree, statement: Node, kind: str) -> Binding:
    name = statement.child_by_field_name("name") or statement
    return Binding(tree.text(name), kind, statement, tree.span(name), statement.start_byte, statement.end_byte)


def _specifier(tree: Tree, statement: Node) -> tuple[str, Span] | None:
    source = statement.child_by_field_name("source")
    if source is None:
        return None
    return unescaped(tree.text(source)[1:-1]) or "", tree.span(source)


def _is_type_only(node: Node) -> bool:
    return any(child.type in {"type", "typeof"} and not child.is_named for child in node.children)


def _bind_import(tree: Tree, statement: Node, found: Declarations) -> None:
    source = _specifier(tree, statement)
    if source is None:
        found.unsupported.append(statement)
        return
    type_only = _is_type_only(statement)
    names = []
    for imported, name_node, is_type in _imported(tree, statement):
        name, span = tree.text(name_node[-1]), tree.span(name_node[0])
        binding = Binding(name, "import", None, span, statement.start_byte, statement.end_byte, source[0], imported)
        binding.type_only = type_only or is_type
        found.bindings.setdefault(name, binding)
        if not binding.type_only:
            names.append((imported, span))
    found.imports.append(ImportStatement(*source, tuple(names), type_only))


def _imported(tree: Tree, statement: Node) -> Iterator[tuple[str, list[Node], bool]]:
    """Each imported name, the nodes of its name and alias, and whether it is a type."""
    clause = next((child for child in statement.named_children if child.type == "import_clause"), None)
    for child in clause.named_children if clause else []:
        if child.type == "identifier":
            yield DEFAULT, [child], False
        elif child.type == "namespace_import":
            yield "*", [node for node in child.named_children if node.type == "identifier"], False
        elif child.type == "named_imports":
            for specifier in child.named_children:
                if specifier.type == "import_specifier":
                    yield _name_of(tree, specifier), _names(specifier), _is_type_only(specifier)


def _names(specifier: Node) -> list[Node]:
    name, alias = specifier.child_by_field_name("name"), specifier.child_by_field_name("alias")
    return [node for node in (name, alias) if node is not None]


def _name_of(tree: Tree, specifier: Node) -> str:
    """`name` of `name as alias`; it may be quoted."""
    name = specifier.child_by_field_name("name") or specifier
    text = tree.text(name)
    return text[1:-1] if name.type == "string" else text


def _bind_export(tree: Tree, statement: Node, found: Declarations) -> None:
    declaration = statement.child_by_field_name("declaration")
    value = statement.child_by_field_name("value")
    source = _specifier(tree, statement)
    is_default = any(child.type == DEFAULT for child in statement.children)
    if value is not None:
        _bind_default(tree, statement, value, found)
    elif declaration is not None and is_default:
        _bind_default_declaration(tree, declaration, found)
    elif declaration is not None:
        for name in _bind_declaration(tree, declaration, found):
            value_binding = found.bindings.get(name)
            binding = value_binding or found.types[name]
            found.exports[name] = Export(name, binding.span, type_only=value_binding is None)
    elif source is not None or any(child.type == "export_clause" for child in statement.named_children):
        _bind_export_clause(tree, statement, source, found)
    else:
        found.unsupported.append(statement)


def _bind_default(tree: Tree, statement: Node, value: Node, found: Declarations) -> None:
    span = tree.span(value)
    found.bindings["*default*"] = Binding("*default*", DEFAULT, value, span, statement.start_byte, statement.end_byte)
    found.exports[DEFAULT] = Export("*default*", span)


def _bind_default_declaration(tree: Tree, declaration: Node, found: Declarations) -> None:
    names = _bind_declaration(tree, declaration, found)
    if names:
        found.exports[DEFAULT] = Export(names[0], tree.span(declaration))


def _bind_export_clause(tree: Tree, statement: Node, source: tuple[str, Span] | None, found: Declarations) -> None:
    specifier = source[0] if source else ""
    type_only = _is_type_only(statement)
    names = []
    for child in statement.named_children:
        if child.type == "namespace_export":
            names.append(("*", tree.span(child)))
            name = tree.text(child.named_children[-1])
            found.exports[name] = Export("*", tree.span(child), specifier, type_only)
        elif child.type == "export_clause":
            names.extend(_export_names(tree, child, specifier, type_only, found))
    if source and any(child.type == "*" for child in statement.children):
        found.stars.append(Export("*", source[1], specifier, type_only))
    if source:
        shown = () if type_only else tuple(names)
        found.imports.append(ImportStatement(*source, shown, type_only))


def _export_names(
    tree: Tree, clause: Node, specifier: str, type_only: bool, found: Declarations
) -> Iterator[tuple[str, Span]]:
    for child in clause.named_children:
        if child.type != "export_specifier":
            continue
        names, is_type = _names(child), type_only or _is_type_only(child)
        exported = tree.text(names[-1]).strip("\"'")
        local, span = _name_of(tree, child), tree.span(names[0])
        found.exports[exported] = Export(local, span, specifier, is_type)
        if not is_type:
            yield local, span
