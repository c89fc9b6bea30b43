"""Imported first by benches: puts `tests` on the module path instead of this folder, so that a bench does not hide the
package of the tests that has its name."""

import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).parents[1])
