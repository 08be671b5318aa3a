"""What stands in the database now, as numbers for Prometheus: scores on their way, rosters due, platforms, worker."""

from collections.abc import Iterator

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from lti_tool.database import Database
from lti_tool.operations.backlog import read_backlog
from lti_tool.operations.heartbeat import worker_runs
from lti_tool.platforms.models import Registration
from lti_tool.scores.models import Delivery, DeliveryState


class StandingNumbers(Collector):
    """Asks the database whenever somebody asks for metrics; every process would find the same."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Nothing: being registered is no reason to ask the database."""
        yield from ()

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The numbers; of a database that does not answer only that."""
        try:
            found = [*self._read()]
        except SQLAlchemyError:
            found = []
        yield _gauge("database_up", "1 while the database answers.", bool(found))
        yield from found

    def _read(self) -> Iterator[GaugeMetricFamily]:
        with self._database.transaction(write=False) as session:
            backlog, runs = read_backlog(session), worker_runs(session)
            counted = select(Delivery.state, func.count()).group_by(Delivery.state)
            by_state = {state: number for state, number in session.execute(counted).all()}  # noqa: C416 (rows are no pairs to mypy)
            platforms = session.scalar(select(func.count()).select_from(Registration).where(Registration.enabled))
        deliveries = GaugeMetricFamily("partnerwise_deliveries", "Scores by state.", labels=["state"])
        for state in DeliveryState:
            deliveries.add_metric([state.value], by_state.get(state, 0))
        yield deliveries
        yield _gauge("deliveries_due", "Scores that should be on their way.", backlog.scores)
        yield _gauge(
            "deliveries_oldest_due_seconds", "For how long the oldest has been due.", backlog.oldest.total_seconds()
        )
        yield _gauge("rosters_due", "Rosters that should have been read.", backlog.rosters)
        yield _gauge("platforms", "Platforms that are switched on.", platforms or 0)
        yield _gauge("platforms_paused", "Platforms that are left alone for a while.", len(backlog.paused))
        yield _gauge("platforms_keyless", "Platforms whose keys could not be fetched.", len(backlog.keyless))
        yield _gauge("worker_up", "1 while a worker runs its jobs.", runs)


def _gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"partnerwise_{name}", meaning, value=float(value))
