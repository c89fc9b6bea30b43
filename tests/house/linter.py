"""The linter for agent material: skills, agents, rules, plugins, and the registry's schema for `server.json`."""

import subprocess
import sysconfig
from pathlib import Path

SCRIPTS = Path(sysconfig.get_path("scripts"))


def lint(folder: Path) -> None:
    """Fails with what the linter says about a folder, warnings included."""
    done = subprocess.run(
        [SCRIPTS / "skillsaw", "lint", "--strict", folder], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
