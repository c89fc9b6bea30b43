"""Every example in the documentation compiles, or is refused with the code that the page names."""

from pathlib import Path

import pytest

from docs.fences import Fence, all_fences
from docs.samples import CONFIG_FILE, CONFIG_PLACES, config, surrounded
from qb_compiler import compile_project
from qb_compiler.diagnostics.diagnostic import Level
from qb_compiler.diagnostics.render.concise import render

TYPESCRIPT = all_fences("ts", "tsx", "typescript")
UNCHECKED = [fence for fence in TYPESCRIPT if "illustrative" in fence.info]
COMPILED = [fence for fence in TYPESCRIPT if not {"illustrative", "run"} & set(fence.info)]
PARTS = [*COMPILED, *(fence for fence in all_fences("json") if "file" in fence.info)]
LANGUAGES = {"ts", "bash", "http", "json", "text", "yaml"}


def write(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


def files_around(fence: Fence) -> dict[str, str]:
    """The project of a fence: the sample around a fragment, or the files of the page as they are at this one.

    A fragment of the config stands beside the tables of its page, if that shows any.
    """
    if "in" in fence.info:
        files = surrounded(fence.info["in"], fence.text)
        return {**files, **tables_beside(fence)} if fence.info["in"] in CONFIG_PLACES else files
    files = [one for one in PARTS if one.topic == fence.topic and "file" in one.info]
    later = {one.info["file"]: one.text for one in reversed(files) if one.line > fence.line}
    until = {one.info["file"]: one.text for one in files if one.line <= fence.line}
    return {CONFIG_FILE: config(), **later, **until}


def tables_beside(fence: Fence) -> dict[str, str]:
    files = [one for one in COMPILED if one.topic == fence.topic and one.info.get("file", CONFIG_FILE) != CONFIG_FILE]
    return {one.info["file"]: one.text for one in files}


@pytest.mark.parametrize("fence", COMPILED, ids=lambda fence: fence.name)
def test_an_example_compiles_or_is_refused_with_the_code_it_names(
    fence: Fence, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUICKBACK_SECURITY_REPORT_SIGNING_KEY", "a key that the example asks for")
    write(tmp_path, files_around(fence))
    found = compile_project(tmp_path, write=False).diagnostics
    refused = {diagnostic.code for diagnostic in found if diagnostic.level is Level.ERROR}
    warned = {diagnostic.code for diagnostic in found if diagnostic.level is Level.WARNING}
    told = render(found)
    assert refused == {code for code in [fence.info.get("error")] if code}, told
    assert warned == {code for code in [fence.info.get("warning")] if code}, told


@pytest.mark.parametrize("fence", TYPESCRIPT, ids=lambda fence: fence.name)
def test_an_info_string_makes_one_promise(fence: Fence) -> None:
    assert len({"check", "error", "run", "illustrative"} & set(fence.info)) == 1
    assert set(fence.info) <= {"check", "error", "warning", "run", "illustrative", "file", "in"}
    assert fence.info.get("illustrative", "reason"), "an unchecked example says why"


def test_at_most_three_of_a_hundred_examples_are_unchecked() -> None:
    assert len(UNCHECKED) <= 0.03 * len(TYPESCRIPT)


def test_every_code_block_names_a_known_language() -> None:
    assert not [fence.name for fence in all_fences("") if fence.language not in LANGUAGES]
