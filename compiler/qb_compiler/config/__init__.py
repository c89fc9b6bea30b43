"""`quickback.config.ts`: `model.py` is what it says, `read.py` how it is read."""
