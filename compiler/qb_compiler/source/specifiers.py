"""Which project file an import means: relative paths, `.js` for `.ts`, index files, tsconfig `paths` and `baseUrl`."""

import posixpath
from collections.abc import Callable, Iterator

from qb_compiler.model.record import record

COMPILER_PACKAGE = "@quickback/compiler"
EXTENSIONS = (".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs")
WRITTEN_AS = {
    ".js": (".ts", ".tsx", ".js", ".jsx"),
    ".jsx": (".tsx", ".jsx"),
    ".mjs": (".mts", ".mjs"),
    ".cjs": (".cts", ".cjs"),
}


@record
class PathAliases:
    """tsconfig `paths` (pattern, targets) and `baseUrl`, all relative to the project root."""

    patterns: tuple[tuple[str, tuple[str, ...]], ...] = ()
    base: str | None = None


@record
class Resolution:
    """`path` is the project file an import means. Without one, `local` tells a missing project file from a package."""

    path: str | None
    local: bool = False
    leaves_project: bool = False
    tried: str = ""


def is_source(path: str) -> bool:
    return path.endswith(EXTENSIONS) and not path.endswith((".d.ts", ".d.mts", ".d.cts"))


def is_data(path: str) -> bool:
    """Whether a file is data that definitions may import."""
    return path.endswith(".json")


def resolve(specifier: str, importer: str, aliases: PathAliases, exists: Callable[[str], bool]) -> Resolution:
    """Finds the project file that `importer` means by `specifier`."""
    if specifier.startswith(("./", "../", "/")) or specifier in {".", ".."}:
        return _resolve_relative(specifier, importer, exists)
    if specifier == COMPILER_PACKAGE or specifier.startswith(f"{COMPILER_PACKAGE}/"):
        return Resolution(None)
    targets = tuple(_aliased(specifier, aliases))
    for target in targets:
        found = _first(target, exists)
        if found:
            return Resolution(found, local=True)
    matched = _matching(specifier, aliases)
    return Resolution(None, local=matched is not None and matched != "*", tried=targets[0] if targets else "")


def _resolve_relative(specifier: str, importer: str, exists: Callable[[str], bool]) -> Resolution:
    base = posixpath.normpath(posixpath.join("/", posixpath.dirname(importer), specifier)).lstrip("/")
    if _leaves(specifier, importer):
        return Resolution(None, local=True, leaves_project=True, tried=specifier)
    return Resolution(_first(base, exists), local=True, tried=base)


def _leaves(specifier: str, importer: str) -> bool:
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(importer), specifier))
    return specifier.startswith("/") or joined == ".." or joined.startswith("../")


def _first(base: str, exists: Callable[[str], bool]) -> str | None:
    return next((candidate for candidate in candidates(base) if exists(candidate)), None)


def candidates(base: str) -> Iterator[str]:
    """The files that a path without its real extension may mean, in the order TypeScript tries them."""
    stem, extension = posixpath.splitext(base)
    if extension in WRITTEN_AS:
        yield from (stem + written for written in WRITTEN_AS[extension])
    elif is_source(base) or is_data(base):
        yield base
    yield from (base + extension for extension in EXTENSIONS)
    yield from (posixpath.join(base, "index" + extension) for extension in EXTENSIONS)


def _aliased(specifier: str, aliases: PathAliases) -> Iterator[str]:
    pattern = _matching(specifier, aliases)
    if pattern is not None:
        prefix, _, suffix = pattern.partition("*")
        middle = specifier[len(prefix) : len(specifier) - len(suffix)] if "*" in pattern else ""
        yield from (target.replace("*", middle, 1) for target in dict(aliases.patterns)[pattern])
    if aliases.base is not None:
        yield posixpath.normpath(posixpath.join(aliases.base, specifier))


def _matching(specifier: str, aliases: PathAliases) -> str | None:
    """The pattern with the longest text before its star; an exact one wins."""
    best: str | None = None
    for pattern, _ in aliases.patterns:
        if pattern == specifier:
            return pattern
        prefix, star, suffix = pattern.partition("*")
        fits = star and specifier.startswith(prefix) and specifier.endswith(suffix)
        if fits and len(specifier) >= len(prefix) + len(suffix) and len(prefix) >= len((best or "").partition("*")[0]):
            best = pattern
    return best
