"""The README is checked like any page: its definition compiles, and its commands exist."""

import re
from pathlib import Path

from house.sources import ROOT
from qb_compiler import check_project
from qb_mcp.cli.commands import COMMANDS

README = (ROOT / "README.md").read_text(encoding="utf-8")
CONFIG = (
    'import { defineConfig } from "@quickback/compiler";\n'
    'export default defineConfig({ name: "app", template: "hono", features: ["organizations"], providers: {\n'
    '  runtime: { name: "cloudflare" }, database: { name: "cloudflare-d1" }, auth: { name: "better-auth" } } });\n'
)


def test_its_definition_compiles_without_a_finding(tmp_path: Path) -> None:
    [(path, text)] = re.findall(r"```ts check file=(\S+)\n(.*?)```", README, re.DOTALL)
    for name, content in ((path, text), ("quickback/quickback.config.ts", CONFIG)):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    assert check_project(tmp_path).diagnostics == ()


def test_every_command_it_names_exists() -> None:
    named = set(re.findall(r"(?:^|`|&& )quickback ([a-z-]+)", README, re.MULTILINE))
    assert named
    assert named <= {name.split()[0] for name, _, _ in COMMANDS} | {"version"}


def test_every_file_it_links_to_exists() -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in link]
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
