"""A platform with services: grants tokens over HTTP and answers every other call as a test tells it to."""

from datetime import UTC, datetime
from typing import Any

from lti_tool.lti.services.scores import Score
from tests.lti.far_side import Asked, FarSide, Reply

SCORE = Score(
    user_id="4",
    score_given=12.5,
    score_maximum=15,
    comment="Well argued — γειά",
    activity_progress="Completed",
    grading_progress="FullyGraded",
    timestamp=datetime(2026, 11, 21, 12, 0, 5, tzinfo=UTC),
)


SCORES_PATH, RESULTS_PATH = "/2/lineitems/2/lineitem/scores", "/2/lineitems/2/lineitem/results"


class Lms(FarSide):
    """Grants numbered tokens at /token and answers everything else as `serve` says."""

    granted = 0
    lifetime: object = 3600
    serve: Any = staticmethod(lambda _: Reply(headers={"Content-Type": "application/vnd.ims.lis.v1.score+json"}))

    def calls(self, path: str) -> list[Asked]:
        return [asked for asked in self.asked if asked.path.partition("?")[0] == path]
