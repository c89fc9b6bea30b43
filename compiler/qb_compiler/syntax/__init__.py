"""From text to a syntax tree, with every fault said in words. Nothing above `tree.py` knows that tree-sitter does it.

`parser.py` is the way in; `faults.py` finds the words for what the grammar could not make sense of.
"""
