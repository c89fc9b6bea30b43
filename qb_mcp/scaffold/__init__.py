"""New projects: `templates/` holds what they start from as real files, `template.py` reads them, `create.py` puts a
project on disk together with what AI clients need, `names.py` says what a project may be called."""
