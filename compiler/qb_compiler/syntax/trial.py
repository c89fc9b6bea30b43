"""Run as a process of its own, which can be killed: parses standard input and exits with 0 when that came to an end.

The grammar may need hours for a file made to be slow, and nothing can interrupt it from within. The arguments are the
folders to import the parser from; this file imports nothing of ours, so that it starts quickly.
"""

import importlib
import sys


def main(dialect: str, folders: list[str]) -> None:
    sys.path.extend(folders)
    tree_sitter = importlib.import_module("tree_sitter")
    grammar = importlib.import_module("tree_sitter_typescript")
    language = tree_sitter.Language(getattr(grammar, f"language_{dialect}")())
    tree_sitter.Parser(language).parse(sys.stdin.buffer.read())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
