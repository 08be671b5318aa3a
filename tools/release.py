"""Makes a release (`make release VERSION=0.2.0`): version, dated changelog, commit and tag."""

import re
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VERSION = re.compile(r'^version = "([^"]+)"$', re.MULTILINE)
UNRELEASED = re.compile(r"^## (\S+) \(unreleased\)$", re.MULTILINE)


class NotReady(Exception):
    """The release cannot be made; the message says why, for whoever makes it."""


def release(root: Path, version: str, today: date) -> str:
    """Write the version and the date down, commit and tag them; returns the tag. Raises NotReady."""
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        raise NotReady("A version has three numbers, such as 0.2.0.")
    if _git(root, "status", "--porcelain"):
        raise NotReady("There are changes that are not committed.")
    tag = f"v{version}"
    if _git(root, "tag", "--list", tag):
        raise NotReady(f"{tag} was released before.")
    _replace(root / "CHANGELOG.md", UNRELEASED, f"## {version} ({today.isoformat()})", "an entry that is unreleased")
    _replace(root / "pyproject.toml", VERSION, f'version = "{version}"', "a version")
    _git(root, "commit", "--all", "--message", f"Release {version}")
    _git(root, "tag", "--annotate", tag, "--message", f"Partnerwise {version}")
    return tag


def _replace(path: Path, pattern: re.Pattern[str], text: str, wanted: str) -> None:
    before = path.read_text(encoding="utf-8")
    after, found = pattern.subn(text, before, count=1)
    if not found:
        raise NotReady(f"{path.name} has not {wanted}.")
    path.write_text(after, encoding="utf-8")


def _git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotReady(f"git {arguments[0]}: {done.stderr.strip()}")
    return done.stdout.strip()


def main(arguments: list[str]) -> int:
    """Release the version that is named; returns an exit code."""
    try:
        tag = release(ROOT, arguments[0] if arguments else "", datetime.now(UTC).date())
    except NotReady as reason:
        print(reason, file=sys.stderr)
        return 1
    print(f"{tag} is committed and tagged. Push it with: git push --follow-tags")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
