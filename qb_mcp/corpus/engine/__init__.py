"""Search over the topics; loaded by the first query, never before.

`terms.py` turns text into index terms, `passages.py` weighs the parts of a page, `index.py` builds and opens the Whoosh
index, `plan.py` turns a query into weighted groups of terms (spelling, compounds, neighbours, concepts), `ranking.py`
scores pages and sections, `snippet.py` says why and shows where, `search.py` binds them. `concepts.txt` holds words
that mean the same here, one concept a line.
"""
