"""How a refusal is explained to people. A room's own refusals bring their explanation in `explanation`."""

from dataclasses import dataclass

from flask_babel import LazyString


@dataclass(frozen=True)
class Explanation:
    """Three sentences."""

    title: LazyString
    """What happened."""
    meaning: LazyString
    """What it means."""
    advice: LazyString
    """What to do now."""
