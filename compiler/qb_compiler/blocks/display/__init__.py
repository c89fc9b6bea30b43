"""What an admin interface shows.

`displayColumn`, `inputHints` and `layouts`; nothing here changes who may do what.
"""
