"""The projects of the HTTP suite with every weakening inside, bundled once."""

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from http_suite.apps import PROJECTS, compiled
from lanes.packages import NODE, link_packages, packages, run
from mutation.mutants import Mutant, mutants, sources
from mutation.schemata import PASSWORDS, SWITCH, Numbered, switched
from qb_compiler import compile_project
from qb_compiler.model.project import Project
from runtime import test_runtime

Files = dict[str, str]
ENTRY = Path(__file__).with_name("entry.mjs")
PACKAGE = re.compile(r'^(?!//).*\bfrom "([@a-z][^":]*)"', re.MULTILINE)
ESBUILD = [
    str(NODE),
    str(packages() / "esbuild/bin/esbuild"),
    "--bundle",
    "--format=esm",
    "--target=es2022",
    "--log-level=warning",
]
WORKER = [
    "--platform=neutral",
    "--main-fields=module,main",
    "--conditions=workerd,worker,browser",
    "--external:node:*",
    "--external:cloudflare:*",
]


@dataclass(frozen=True, slots=True)
class Build:
    """What was compiled, and all the ways to weaken it; a mutant's place in `mutants` is its number."""

    projects: Mapping[str, Project]
    files: Mapping[str, Files]
    mutants: tuple[Mutant, ...]

    def weak(self, number: int) -> str:
        """The text of its file with one weakening."""
        mutant = self.mutants[number]
        return mutant.applied(self.files[mutant.projects[0]][mutant.path])


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
        split(target)
        shutil.copy(ENTRY, target / ".lanes/entry.mjs")
    return folder


def split(project: Path) -> None:
    """`.lanes/index.js` with what is weakened, which is loaded again and again, and chunks with its packages."""
    link_packages(project)
    passwords = project / "src/passwords.ts"
    passwords.write_text(PASSWORDS, encoding="utf-8")
    texts = [path.read_text(encoding="utf-8") for path in (project / "src").rglob("*.ts")]
    names = sorted({name for text in texts for name in PACKAGE.findall(text)})
    imports = "".join(f'export * as p{at} from "{name}";\n' for at, name in enumerate(names))
    (project / "src/packages.ts").write_text(imports, encoding="utf-8")
    entries = ["src/index.ts", "src/packages.ts", "--splitting", "--outdir=.lanes"]
    run([*ESBUILD, *entries, *WORKER, f"--alias:@better-auth/utils/password={passwords}"], project)


def weakened(made: Build, project: str) -> Files:
    """The texts of one project's files with their weakenings inside."""
    here: dict[str, list[Numbered]] = {}
    for number, mutant in enumerate(made.mutants):
        if project in mutant.projects:
            here.setdefault(mutant.path, []).append(Numbered(number, mutant))
    return {path: switched(made.files[project][path], numbered) for path, numbered in here.items()}


def bundled_runtime(made: Build, folder: Path) -> list[Path]:
    """The tests of the runtime over its weakened files: one script for each."""
    texts: Files = {}
    for project in made.projects:
        texts = {
            **{path: text for path, text in weakened(made, project).items() if path.startswith("src/lib/")},
            **texts,
        }
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
        run([*ESBUILD, "src/lib/entry.ts", "--platform=node", "--outfile=test.mjs"], target)
        scripts.append(target / "test.mjs")
    return scripts
