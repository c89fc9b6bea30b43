"""Import statements of a generated module from the names that it uses."""

from collections.abc import Mapping

from qb_compiler.targets.api.code import WIDTH


def import_statements(names: Mapping[str, set[str]]) -> str:
    """One statement a module: packages first, then the project's own; names in the order of the alphabet."""
    modules = sorted((module for module in names if names[module]), key=lambda module: (module.startswith("."), module))
    return "\n".join(line for module in modules for line in _statements(module, names[module]))


def _statements(module: str, names: set[str]) -> list[str]:
    plain = {name for name in names if not name.startswith("type ")}
    wanted = plain | {name for name in names if name.removeprefix("type ") not in plain}
    spaces = sorted(name for name in wanted if name.startswith("* as "))
    listed = sorted(wanted.difference(spaces), key=_order)
    return [*(f'import {space} from "{module}";' for space in spaces), *([_listed(module, listed)] if listed else [])]


def _listed(module: str, names: list[str]) -> str:
    only_types = all(name.startswith("type ") for name in names)
    shown = [name.removeprefix("type ") for name in names] if only_types else names
    head = "import type" if only_types else "import"
    line = f'{head} {{ {", ".join(shown)} }} from "{module}";'
    if len(line) <= WIDTH:
        return line
    return "\n".join([f"{head} {{", *(f"  {name}," for name in shown), f'}} from "{module}";'])


def _order(name: str) -> tuple[str, str]:
    bare = name.removeprefix("type ")
    return bare.lower(), bare
