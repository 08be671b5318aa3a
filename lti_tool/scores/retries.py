"""How often and how long a score is tried again, and when it is given up."""

import random
from datetime import timedelta
from typing import Any

from lti_tool.database import now
from lti_tool.scores.models import DeliveryState

FIRST_PAUSE, LONGEST_PAUSE = 2.0, 3600.0
"""Seconds between tries: doubled each time, up to an hour."""
MOST_TRIES = 236
"""About a week, at three quarters of an hour each once the pauses are long; then the trainer decides."""


def plan_retry(tries: int, problem: str, wished: float | None = None) -> dict[str, Any]:
    """The delivery's values after so many tries; `wished` is the pause that the platform asked for, in seconds."""
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(tries - 1, 20))
    # Spread out, so that a platform that comes back is not met by all schools' scores at the same moment.
    pause = max(pause * random.uniform(0.5, 1.0), min(wished or 0.0, LONGEST_PAUSE))  # noqa: S311
    later = now() + timedelta(seconds=pause)
    return {"state": DeliveryState.WAITING, "next_try_at": later, "problem": problem}
