"""An outbox, a platform that answers or fails on request, and a worker's step."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pytest
from sqlalchemy import select, update

from lti_tool.database import Database, now
from lti_tool.demo.claims import AGS_SCOPES
from lti_tool.lti.network.outbound import Outbound
from lti_tool.lti.services.calls import PlatformServices
from lti_tool.lti.services.tokens import AccessTokens
from lti_tool.people.models import Context, User
from lti_tool.platforms.models import PlatformTurn, Registration
from lti_tool.scores import sending
from lti_tool.scores.models import Delivery, LineItem
from lti_tool.scores.outbox import queue_score
from lti_tool.web.application import Application
from tests.fixtures.platform import Platform, Served, StartPlatform
from tests.fixtures.tool import Arrive, give_column


@dataclass
class Outbox:
    """The tool's outbox towards one platform, for Alice's think piece."""

    database: Database
    platform: Platform
    outbound: Outbound
    app: Application
    context_id: int
    user_id: int

    def put(
        self, points: float, comment: str = "", source: str = "submission/1", *, user_id: int | None = None
    ) -> None:
        """Release a score."""
        with self.database.transaction() as session:
            queue_score(
                session,
                context_id=self.context_id,
                activity="journal/j3",
                user_id=user_id or self.user_id,
                source=source,
                points=points,
                maximum=15,
                comment=comment,
            )

    def work(self) -> datetime | None:
        """What the worker does when it is woken up; a new worker each time, so that nothing is remembered."""
        tokens = AccessTokens(self.outbound, self.app.parts.tool_keys)
        return sending.deliver_due(self.database, lambda platform: PlatformServices(platform, tokens, self.outbound))

    def let_time_pass(self) -> None:
        """Make every planned try and every lease due now, and let every pause be over."""
        with self.database.transaction() as session:
            session.execute(update(Delivery).values(next_try_at=now()))
            session.execute(update(LineItem).values(claimed_until=None))
            session.execute(update(Registration).values(quiet_until=None))
            session.execute(update(PlatformTurn).values(held_until=None))

    def deliveries(self) -> list[Delivery]:
        """All of them, oldest first."""
        with self.database.transaction(write=False) as session:
            return list(session.scalars(select(Delivery).order_by(Delivery.id)))

    def state(self) -> tuple[str, str]:
        """State and problem of the newest."""
        newest = self.deliveries()[-1]
        return newest.state.value, newest.problem


@pytest.fixture
def outbox(app: Application, running_platform: StartPlatform, visitor: Arrive, long_pauses: None) -> Iterator[Outbox]:
    """The tool served for its key set, the platform with a column for the think piece, Alice in the course."""
    tool = Served(app)
    platform = running_platform(tool.url)
    alice = visitor("alice", issuer=platform.url)
    with app.parts.database.transaction() as session:
        session.execute(
            update(Registration).values(
                client_id=platform.config.client_id,
                token_url=f"{platform.url}/lti/token",
                jwks_url=f"{platform.url}/lti/jwks",
            )
        )
        session.execute(update(User).values(subject=platform.person("alice").id))
        session.execute(update(Context).values(grade_scopes=" ".join(AGS_SCOPES)))
    give_column(app.parts.database, alice, "journal/j3", platform.line_item_url("journal-j3"))
    outbound = Outbound(allow_private=True)
    yield Outbox(app.parts.database, platform, outbound, app, alice.context_id, alice.user_id)
    tool.stop()
