"""What AI assistants are taught: one set of templates and facts, rendered to `skills/` and `cursor_rules/`.

`facts.py` takes names from the code, `templates/` holds the words, `render.py` joins them. After a change of either:
`python -m qb_mcp.clients.teaching.render`. A test holds the files on disk equal to the rendering.
"""
