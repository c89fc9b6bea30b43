"""The Quickback compiler: definitions in, a complete project out, nothing executed. `pipeline.py` is the map."""
