"""From syntax to values, without running anything. `values.py` is what the blocks read."""
