"""From a compiled project to a Workers bundle, and the checks that need npm tools: types and format."""

import os
import platform
from pathlib import Path

from lanes.packages import NODE, link_packages, packages, run

_ARCHITECTURE = {"x86_64": "x64", "AMD64": "x64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
_PLATFORM = f"{platform.system().lower().replace('windows', 'win32')}-{_ARCHITECTURE}"
_EXECUTABLE = ".exe" if os.name == "nt" else ""


def bundle(project: Path, entry: str = "src/index.ts", *options: str) -> Path:
    """Bundles the project's Worker as wrangler would; returns the script."""
    link_packages(project)
    script = project / ".lanes" / "worker.js"
    run(
        [
            str(NODE),
            str(packages() / "esbuild/bin/esbuild"),
            entry,
            "--bundle",
            "--format=esm",
            "--platform=neutral",
            "--main-fields=module,main",
            "--conditions=workerd,worker,browser",
            "--external:node:*",
            "--external:cloudflare:*",
            "--target=es2022",
            "--log-level=warning",
            f"--outfile={script}",
            *options,
        ],
        project,
    )
    return script


def tsc(project: Path, config: str = "tsconfig.json") -> None:
    """Checks every type of the project with its own tsconfig.json, or with another one of its folder."""
    link_packages(project)
    program = packages() / f"@typescript/typescript-{_PLATFORM}/lib/tsc{_EXECUTABLE}"
    run([str(program), "--noEmit", "-p", config], project)


def biome(project: Path, *arguments: str) -> str:
    """Runs biome in the project: `biome(project, "format", "src")`."""
    return run([str(packages() / f"@biomejs/cli-{_PLATFORM}/biome{_EXECUTABLE}"), *arguments], project)
