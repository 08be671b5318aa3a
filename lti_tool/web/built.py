"""Where the bundled browser parts lie: from a source's name to the address with its hash (see tools/bundle.mjs)."""

import json
from functools import lru_cache
from pathlib import Path

from flask import current_app, url_for


class AssetsNotBuilt(RuntimeError):
    """The browser parts, or this one of them, were not bundled yet."""


def asset_url(name: str, *, needed: bool = True) -> str | None:
    """Give the address of a bundled part, such as `journal/editor.js`.

    A part that is not there raises AssetsNotBuilt, or gives None where the page can do without it.
    """
    try:
        return url_for("static", filename=_manifest()[name])
    except KeyError:
        failure = AssetsNotBuilt(f"The browser part {name} is not built. Run `make install`.")
    except AssetsNotBuilt as missing:
        failure = missing
    if needed:
        raise failure
    return None


def _manifest() -> dict[str, str]:
    path = Path(current_app.static_folder or "static") / "build" / "manifest.json"
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        raise AssetsNotBuilt("The browser parts are not built. Run `make install`.") from None


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int) -> dict[str, str]:
    # The time of the last change is part of the key, so that a new build is seen without a restart.
    manifest: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return manifest
