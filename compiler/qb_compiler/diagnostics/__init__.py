"""What the author did wrong, as values. Problems hold data; `diagnostic.py` is what the renderers read."""
