"""The browser side as bundled by tools/bundle.mjs: one script per tracker, the style sheets."""

from functools import lru_cache
from hashlib import sha256
from importlib.resources import files

from scorm_builder.errors import PlayerNotBuilt

HANDOUT_STYLE = "assets/handouts/handout.css"


def player_files(tracker: str) -> dict[str, bytes]:
    """`player/<tracker>.js` and `player/player.css`.

    Raises PlayerNotBuilt where they have not been bundled.
    """
    return {f"player/{name}": _read(name) for name in (f"{tracker}.js", "player.css")}


def address_of(path: str, content: bytes) -> str:
    """Where a page finds a file of its package, by what is in it: no cache may mix two editions of a course."""
    return f"{path}?v={sha256(content).hexdigest()[:8]}"


@lru_cache
def player_addresses(tracker: str) -> dict[str, str]:
    """The addresses of the player's `script` and `style`."""
    script, style = (address_of(path, content) for path, content in player_files(tracker).items())
    return {"script": script, "style": style}


def handout_style() -> bytes:
    """The style sheet of handouts, which lies beside them."""
    return _read("handout.css")


def _read(name: str) -> bytes:
    file = files("scorm_builder") / "player" / "built" / name
    if not file.is_file():
        raise PlayerNotBuilt(f"The player is not bundled yet ({name} is missing): run `make install` first.")
    return file.read_bytes()
