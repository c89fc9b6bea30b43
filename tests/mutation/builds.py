"""The projects of the HTTP suite with every weakening inside, bundled once."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from http_suite.apps import PROJECTS, compiled
from lanes.build import bundle
from lanes.packages import NODE, link_packages, packages, run
from mutation.mutants import Mutant, mutants, sources
from mutation.over_http import PLACES
from mutation.schemata import ENTRY, PASSWORDS, SWITCH, Numbered, switched
from qb_compiler import compile_project
from qb_compiler.model.project import Project
from runtime import test_runtime

Files = dict[str, str]


@dataclass(frozen=True, slots=True)
class Build:
    """What was compiled, and all the ways to weaken it; a mutant's place in `mutants` is its number."""

    projects: Mapping[str, Project]
    files: Mapping[str, Files]
    mutants: tuple[Mutant, ...]


def build(folder: Path) -> Build:
    """Compiles every project into `folder` and finds the weakenings."""
    projects: dict[str, Project] = {}
    files: dict[str, Files] = {}
    for name in sorted(path.name for path in PROJECTS.iterdir() if (path / "quickback").is_dir()):
        result = compile_project(compiled(name, folder))
        assert result.project is not None
        projects[name], files[name] = result.project, dict(result.files)
    found = tuple(mutant for source in sources(files) for mutant in mutants(source))
    return Build(projects, files, found)


def bundled(made: Build, folder: Path) -> Path:
    """The same projects with every weakening switched by number, each with its script in `.lanes`."""
    for name in made.projects:
        target = compiled(name, folder)
        for path, text in weakened(made, name).items():
            (target / path).write_text(text, encoding="utf-8")
        (target / "src/mutant.ts").write_text(SWITCH, encoding="utf-8")
        (target / "src/entry.ts").write_text(ENTRY, encoding="utf-8")
        passwords = target / "src/passwords.ts"
        passwords.write_text(PASSWORDS, encoding="utf-8")
        bundle(target, "src/entry.ts", f"--alias:@better-auth/utils/password={passwords}")
    (folder / PLACES).write_text(json.dumps([mutant.place for mutant in made.mutants]), encoding="utf-8")
    return folder


def weakened(made: Build, project: str) -> Files:
    """The texts of one project's files with their weakenings inside."""
    here: dict[str, list[Numbered]] = {}
    for number, mutant in enumerate(made.mutants):
        if project in mutant.projects:
            here.setdefault(mutant.path, []).append(Numbered(number, mutant))
    return {path: switched(made.files[project][path], numbered) for path, numbered in here.items()}


def bundled_runtime(made: Build, folder: Path) -> list[Path]:
    """The tests of the runtime over its weakened files: one script for each."""
    texts = {path: text for path, text in weakened(made, "hiring").items() if path.startswith("src/lib/")}
    scripts = []
    for test in test_runtime.TESTS:
        target = folder / test
        test_runtime.assembled(target, test)
        for path, text in texts.items():
            if (target / path).exists():
                (target / path).write_text(text, encoding="utf-8")
        (target / "src/mutant.ts").write_text(SWITCH, encoding="utf-8")
        (target / "src/lib/entry.ts").write_text(f'import "../mutant";\nimport "./{test}";\n', encoding="utf-8")
        link_packages(target)
        command = [str(NODE), str(packages() / "esbuild/bin/esbuild"), "src/lib/entry.ts", "--bundle", "--format=esm"]
        run([*command, "--platform=node", "--target=es2022", "--log-level=warning", "--outfile=test.mjs"], target)
        scripts.append(target / "test.mjs")
    return scripts
