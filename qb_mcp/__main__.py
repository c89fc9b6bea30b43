"""`python -m qb_mcp` is the `quickback` command for places where scripts are not on PATH."""

import sys

from qb_mcp.cli.app import main

if __name__ == "__main__":
    sys.exit(main())
