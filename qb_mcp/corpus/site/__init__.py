"""The documentation as a small web site: `quickback docs serve`. Works offline and without JavaScript.

`markup.py` turns a page into HTML, `outline.py` arranges the topics, `pages.py` fills the templates, `llms.py` writes
`llms.txt`, `serve.py` answers requests.
"""
