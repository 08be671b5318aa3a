"""Two tabs that finish one unit at the same moment: the better score counts, in whatever order they come."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from lti_tool.course.progress import save_progress
from lti_tool.scores.models import Delivery
from lti_tool.web.application import Application
from tests.fixtures.databases import on_postgresql
from tests.fixtures.tool import Arrive, give_column


@on_postgresql
def test_a_worse_score_of_the_same_moment_does_not_follow_the_better(app: Application, visitor: Arrive) -> None:
    database, alice = app.parts.database, visitor("alice")
    unit = next(iter(app.parts.course.units.values()))
    give_column(database, alice, f"unit/{unit.id}", "https://lms.school.example/1")
    first_saved = threading.Event()

    def finish(percent: float) -> None:
        saved = {"v": 1, "includes": [""], "status": "completed", "score": {"raw": percent}}
        with database.transaction() as session:
            save_progress(session, context_id=alice.context_id, user_id=alice.user_id, unit=unit, sent=saved)
            if not first_saved.is_set():
                first_saved.set()
                time.sleep(1)  # the other comes as far as it can

    with ThreadPoolExecutor(2) as pool:
        better = pool.submit(finish, 80)
        first_saved.wait(5)
        worse = pool.submit(finish, 60)
        better.result(20)
        worse.result(20)
    with database.transaction(write=False) as session:
        assert list(session.scalars(select(Delivery.points))) == [80]
