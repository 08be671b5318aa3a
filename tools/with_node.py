"""Runs a Node program with the Node that `make install` uses: `python -m tools.with_node PROGRAM …`."""

import subprocess
import sys

from tools.browser_parts import find_node
from tools.workshop import VENV


def main(arguments: list[str]) -> int:
    """Run it and return its exit code, or 1 where there is no Node."""
    node = find_node(VENV.glob("lib/python3*/site-packages"))
    if node is None:
        print("No Node was found: run `make install` first.", file=sys.stderr)
        return 1
    return subprocess.run([node.node, *arguments], env=node.env(), check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
