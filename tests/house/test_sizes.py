"""Files and functions stay small enough to be read at once."""

import ast

import pytest

from house.sources import PythonFile, product_files

MODULE_LINES = 400
FUNCTION_LINES = 60
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@pytest.mark.parametrize("file", product_files(), ids=lambda file: file.module)
def test_modules_and_functions_keep_within_their_budget(file: PythonFile) -> None:
    lengths = {
        f"{node.name}:{node.lineno}": (node.end_lineno or 0) - node.lineno + 1
        for node in ast.walk(file.tree)
        if isinstance(node, FUNCTIONS)
    }
    long = {name: lines for name, lines in lengths.items() if lines > FUNCTION_LINES}
    assert not long, f"{file.name}: split {long}"
    assert file.text.count("\n") <= MODULE_LINES, f"{file.name} is longer than {MODULE_LINES} lines"


@pytest.mark.parametrize("file", product_files(), ids=lambda file: file.module)
def test_every_module_says_why_it_exists(file: PythonFile) -> None:
    assert ast.get_docstring(file.tree) or not file.text.strip(), f"{file.name} has no docstring"
