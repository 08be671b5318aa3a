"""The browser side as bundled by tools/bundle.mjs: one script per tracker, the style sheets."""

from importlib.resources import files

from scorm_builder.errors import PlayerNotBuilt

HANDOUT_STYLE = "assets/handouts/handout.css"


def player_files(tracker: str) -> dict[str, bytes]:
    """`player/<tracker>.js` and `player/player.css`.

    Raises PlayerNotBuilt where they have not been bundled.
    """
    return {f"player/{name}": _read(name) for name in (f"{tracker}.js", "player.css")}


def handout_style() -> bytes:
    """The style sheet of handouts, which lies beside them."""
    return _read("handout.css")


def _read(name: str) -> bytes:
    file = files("scorm_builder") / "player" / "built" / name
    if not file.is_file():
        raise PlayerNotBuilt(f"The player is not bundled yet ({name} is missing): run `make install` first.")
    return file.read_bytes()
