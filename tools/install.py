"""Sets everything up for `make install`: finds a Python that is new enough for the rest.

This file alone is also read by a Python that is too old, so it keeps to what Python 3.7 understands.
"""

import os
import shutil
import subprocess
import sys
from typing import Optional, Sequence

OLDEST = (3, 11)
NEWEST = (3, 14)


def suits(version: Sequence[object]) -> bool:
    """Whether Partnerwise runs on this version of Python."""
    return version[0] == 3 and OLDEST[1] <= int(str(version[1])) <= NEWEST[1]


def runs(command: str) -> bool:
    """Whether the command is there and starts: a version manager's stand-in may be on the path and refuse."""
    try:
        return subprocess.call([command, "-c", ""], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def newest_on_path() -> Optional[str]:
    """Find the newest Python on the path that suits, or None."""
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        command = shutil.which("python3.%d" % minor)
        if command and runs(command):
            return command
    return None


def refusal() -> str:
    """Say which Python was found, which is needed and how to get it, in one sentence."""
    found = ".".join(str(part) for part in sys.version_info[:3])
    return (
        "Partnerwise needs Python %d.%d to %d.%d, but %s is Python %s and no other was found on the PATH: "
        "install one (on Debian and Ubuntu: sudo apt install python3 python3-venv) and run this again."
        % (OLDEST + NEWEST + (sys.executable, found))
    )


def main() -> int:
    """Set up, with this Python or with the newest one on the path; return the exit code."""
    if suits(sys.version_info):
        from tools import setting_up  # an old Python could not read it

        return setting_up.main()
    other = newest_on_path()
    if other is None:
        print(refusal(), file=sys.stderr)
        return 1
    os.execv(other, [other, "-m", "tools.install"] + sys.argv[1:])
    return 1


if __name__ == "__main__":
    sys.exit(main())
