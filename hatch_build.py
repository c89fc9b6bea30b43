"""Builds the search index of the documentation into `docs_corpus/.index` when the package is built or installed."""

import shutil
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class SearchIndexHook(BuildHookInterface):  # type: ignore[type-arg]
    """An index that cannot be written is left out: the package then builds it in memory at the first search."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        sys.path.insert(0, str(root))
        # The package is importable only once its checkout is on the path.
        from qb_mcp.corpus.engine.index import build  # noqa: PLC0415
        from qb_mcp.corpus.load import read_corpus  # noqa: PLC0415

        folder = root / "docs_corpus" / ".index"
        try:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            build(read_corpus(root / "docs_corpus"), folder)
        except OSError as error:
            self.app.display_warning(f"search index not built: {error}")
