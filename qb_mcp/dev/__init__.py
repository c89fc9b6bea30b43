"""`quickback dev`: compiles whenever a definition changes. `watch.py` says when, `session.py` what follows, `serve.py`
runs the compiled app beside."""
