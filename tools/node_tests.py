"""Runs the tests of the browser code that need no browser in node's own test runner (tests/player)."""

import re
import subprocess
import sys
from collections.abc import Sequence

from tools.browser_parts import find_node
from tools.workshop import ROOT, VENV

TESTS = "tests/player/*.test.js"
_COUNTED = re.compile(r"^\S* ?(tests|pass|fail|skipped|duration_ms) ([\d.]+)$", re.MULTILINE)


def main(files: Sequence[str]) -> int:
    """Run all these files, or those that are asked for; print what failed, or else only how many passed."""
    node = find_node(VENV.glob("lib/python3*/site-packages"))
    if node is None:
        print("There is no Node yet: run `make install` first.", file=sys.stderr)
        return 1
    asked = files or sorted(str(path.relative_to(ROOT)) for path in ROOT.glob(TESTS))
    ran = subprocess.run(
        [node.node, "--test", "--test-reporter=spec", *asked], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if ran.returncode:
        print(ran.stdout + ran.stderr)
    counted = dict(_COUNTED.findall(ran.stdout))
    seconds = float(counted.pop("duration_ms", 0)) / 1000
    print(
        "browser code in node:",
        ", ".join(f"{number} {name}" for name, number in counted.items()),
        f"in {seconds:.1f} s",
    )
    return ran.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
