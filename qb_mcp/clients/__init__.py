"""Where each AI client keeps its configuration, skills and rules, and how ours get in and out without harm.

Read `client.py` (what a client is), one client such as `vscode.py`, then `entries.py` (the server's entry) and
`payload.py` (skill, agent, rules). Both make a plan of `Change`s; `apply.py` alone writes. `jsonc.py`, `toml_text.py`
and `yaml_text.py` edit a person's file by the span of our member and leave every other byte alone.
"""
