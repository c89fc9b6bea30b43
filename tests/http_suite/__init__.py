"""Compiled projects judged over HTTP, in Node and in workerd: what a client may rely on.

`projects/` holds the definitions; `client.py` speaks to a booted one. People come in through the endpoints that real
clients use, never by inserting rows.
"""
