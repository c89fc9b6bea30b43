"""`quickback doctor`: what stands in the way on this machine, and how to mend it.

`finding.py` is one line of the report; `installation.py`, `project.py`, `tools.py` and `servers.py` each look at one
thing and return findings; `examine.py` is the order.
"""
