"""The source of one feature, in an answer of bounded size; what does not fit is named, to be read file by file."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from qb_mcp.errors import QbError
from qb_mcp.operations.list_features import FEATURES, Feature, FeatureFile, list_features
from qb_mcp.operations.names import nearest_names
from qb_mcp.operations.project_files import ProjectFile, read_file
from qb_mcp.operations.text import one_line

LARGEST_ANSWER = 28_000
AROUND_A_FILE = 100
"""Characters that an answer spends on a file besides its text."""


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file or a piece of it: `next_offset` is where the next piece starts."""

    file: FeatureFile
    text: str
    size: int
    redactions: int
    next_offset: int | None = None


@dataclass(frozen=True, slots=True)
class FeatureSource:
    feature: Feature
    note: str | None
    shown: tuple[ShownFile, ...]
    left_out: tuple[FeatureFile, ...]


def read_feature(root: Path, name: str, file: str | None = None, offset: int = 0) -> FeatureSource:
    """The files of a feature that is found by name; one file alone, from an offset on, when it is named."""
    features = list_features(root)
    feature, note = _named_feature(features, name)
    if file is not None:
        return FeatureSource(feature, note, (_piece(root, _named_file(feature, file), offset),), ())
    shown = tuple(_fitting(root, feature.files))
    return FeatureSource(feature, note, shown, feature.files[len(shown) :])


def _named_feature(features: tuple[Feature, ...], name: str) -> tuple[Feature, str | None]:
    by_name = {feature.name: feature for feature in features}
    if name in by_name:
        return by_name[name], None
    if not features:
        raise QbError("the project has no features yet", f"a feature is a folder in `{FEATURES}`")
    match nearest_names(name, by_name):
        case (best, *_) if _same_word(best, name):
            return by_name[best], f"`{one_line(name, 80)}` is read as `{best}`"
        case near:
            listed = ", ".join(f"`{one_line(n, 80)}`" for n in near or list(by_name)[:20])
            raise QbError(
                f"there is no feature `{one_line(name, 80)}`", f"{'nearest' if near else 'features'}: {listed}"
            )


def _same_word(one: str, other: str) -> bool:
    flat = [word.lower().replace("_", "-").replace(" ", "-") for word in (one, other)]
    return flat[0] == flat[1]


def _named_file(feature: Feature, name: str) -> FeatureFile:
    wanted = name.removeprefix(f"{FEATURES}/{feature.name}/")
    for file in feature.files:
        if wanted in (file.name, file.name.removesuffix(".ts")):
            return file
    listed = ", ".join(f"`{one_line(file.name, 80)}`" for file in feature.files[:20])
    raise QbError(f"feature `{feature.name}` has no file `{one_line(name, 80)}`", f"its files: {listed}")


def _fitting(root: Path, files: tuple[FeatureFile, ...]) -> Iterator[ShownFile]:
    """Whole files as long as they fit; the first one in a piece if it alone is too large."""
    room = LARGEST_ANSWER
    for file in files:
        content = read_file(root, file.path)
        if len(content.text) + AROUND_A_FILE > room and room < LARGEST_ANSWER:
            return
        yield _shown(file, content, 0)
        room -= len(content.text) + len(file.path) + AROUND_A_FILE


def _piece(root: Path, file: FeatureFile, offset: int) -> ShownFile:
    content = read_file(root, file.path)
    if not 0 <= offset < max(len(content.text), 1):
        raise QbError(f"offset {offset} is outside `{file.name}` of {len(content.text)} characters", "use offset 0")
    return _shown(file, content, offset)


def _shown(file: FeatureFile, content: ProjectFile, offset: int) -> ShownFile:
    end = offset + LARGEST_ANSWER
    if end < len(content.text):
        end = content.text.rfind("\n", offset, end) + 1 or end
    rest = end if end < len(content.text) else None
    return ShownFile(file, content.text[offset:end], len(content.text), content.redactions, rest)
