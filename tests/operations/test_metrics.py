"""What Prometheus reads: right over several processes, at an address of its own, without names of schools or people."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest
import requests
from prometheus_client.parser import text_string_to_metric_families

from lti_tool.database import Database, now
from lti_tool.lti.errors import ServiceFailed
from lti_tool.lti.network.outbound import Answer
from lti_tool.operations.heartbeat import beat
from lti_tool.operations.metrics import Metrics
from lti_tool.operations.platform_calls import ToldCalls
from lti_tool.operations.standing_numbers import StandingNumbers
from lti_tool.operations.views.measuring import measure
from lti_tool.people.models import Context
from lti_tool.platforms.models import Registration
from lti_tool.scores.models import Delivery, DeliveryState, LineItem
from tests.fixtures.databases import on_sqlite
from tests.fixtures.forking import Process, partnerwise
from tests.fixtures.house import House
from tests.fixtures.ports import free_port
from tests.fixtures.school import School
from tests.fixtures.tool import Arrive
from tests.fixtures.waiting import until


def values(text: str) -> dict[str, float]:
    """Each number by its name and labels, `partnerwise_requests_total{endpoint=none,status=4xx}`."""
    found = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            labels = ",".join(f"{name}={value}" for name, value in sorted(sample.labels.items()))
            found[f"{sample.name}{{{labels}}}" if labels else sample.name] = sample.value
    return found


@pytest.fixture
def metrics() -> Iterator[Metrics]:
    """What this process counts, for the length of a test."""
    with closing(Metrics()) as counted:
        yield counted


@on_sqlite
def test_launches_pages_and_platform_calls_are_counted_by_result(school: School, metrics: Metrics) -> None:
    stop = measure(school.app, metrics)
    try:
        school.walk_in("alice", "journal-j3")
        requests.post(f"{school.tool_url}/lti/launch", data={"state": "forged"}, timeout=20)
        for path in ("nowhere", "elsewhere?name=Alice"):
            requests.get(f"{school.tool_url}/{path}", timeout=20)
    finally:
        stop()
    text = metrics.text().decode()
    found = values(text)
    assert found["partnerwise_launches_total{result=opened}"] == 1
    assert sum(value for name, value in found.items() if name.startswith("partnerwise_launches_total")) == 2
    assert found["partnerwise_requests_total{endpoint=none,status=4xx}"] == 2
    assert found["partnerwise_request_seconds_count{endpoint=lti.launch}"] == 2
    assert found["partnerwise_platform_calls_total{call=keys,result=ok}"] == 1
    for told in ("Alice", "School LMS", "nowhere", school.lms.url):
        assert told not in text


class Failing:
    """A platform that answers as it is told."""

    def __init__(self, failed: ServiceFailed) -> None:
        self.failed = failed

    def get(self, url: str, *, accept: str) -> Answer:
        raise self.failed

    def post(self, url: str, body: bytes, *, content_type: str, accept: str) -> Answer:
        raise self.failed


@pytest.mark.parametrize(
    ("reason", "status", "result"),
    [
        ("http_503", 503, "http_5xx"),
        ("http_401", 401, "http_4xx"),
        ("timed_out", None, "timed_out"),
        ("what nobody has named yet", None, "other"),
    ],
)
def test_calls_that_failed_have_few_results(metrics: Metrics, reason: str, status: int | None, result: str) -> None:
    told = ToldCalls(Failing(ServiceFailed(reason, permanent=False, status=status)), "tokens")
    with pytest.raises(ServiceFailed):
        told.post("https://lms.example/token", b"", content_type="text/plain", accept="text/plain")
    found = values(metrics.text().decode())
    assert found[f"partnerwise_platform_calls_total{{call=tokens,result={result}}}"] == 1


@pytest.mark.both_databases
def test_what_stands_in_the_database_is_told_in_numbers_alone(
    database: Database, visitor: Arrive, metrics: Metrics
) -> None:
    alice = visitor("alice")
    with database.transaction() as session:
        registration = session.query(Registration).one()
        registration.quiet_until = now() + timedelta(hours=1)
        session.get_one(Context, alice.context_id).roster_url = "https://lms.example/roster"
        session.get_one(Context, alice.context_id).roster_due_at = now() - timedelta(minutes=1)
        column = LineItem(context_id=alice.context_id, registration_id=registration.id, activity="journal/j3")
        session.add(column)
        session.flush()
        due = now() - timedelta(minutes=42)
        for number, state in enumerate((DeliveryState.WAITING, DeliveryState.SENT, DeliveryState.SENT)):
            session.add(
                Delivery(
                    line_item_id=column.id,
                    user_id=alice.user_id,
                    source=f"submission/{number}",
                    points=1,
                    maximum=15,
                    score_at=due - timedelta(days=number),
                    next_try_at=due,
                    state=state,
                )
            )
    beat(database)
    text = metrics.text([StandingNumbers(database)]).decode()
    found = values(text)
    expected = {
        "database_up": 1,
        "deliveries{state=waiting}": 1,
        "deliveries{state=sent}": 2,
        "deliveries{state=refused}": 0,
        "deliveries_due": 1,
        "rosters_due": 1,
        "platforms": 1,
        "platforms_paused": 1,
        "platforms_keyless": 0,
        "worker_up": 1,
    }
    assert {name: found[f"partnerwise_{name}"] for name in expected} == expected
    assert 2520 <= found["partnerwise_deliveries_oldest_due_seconds"] < 2600
    assert "School" not in text


def test_of_a_database_that_is_gone_only_that_is_told(metrics: Metrics) -> None:
    gone = Database("postgresql+psycopg://nobody:hidden@127.0.0.1:1/none")
    text = metrics.text([StandingNumbers(gone)]).decode()
    assert values(text)["partnerwise_database_up"] == 0
    assert "partnerwise_deliveries" not in text
    assert "hidden" not in text


@pytest.mark.slow
@on_sqlite
def test_processes_count_together_at_an_address_of_their_own(building: House) -> None:
    port = free_port()
    environment = building._environment() | {"PARTNERWISE_PROCESSES": "2", "TMPDIR": str(building.folder)}
    words = ["serve", "--port", str(building.port), "--metrics", f"127.0.0.1:{port}"]
    building.running["tool"] = tool = Process(partnerwise, words, environment, building.folder / "tool.log")

    def answers(path: str) -> requests.Response:
        return requests.get(f"{building.tool_url}{path}", timeout=5)

    until(lambda: answers("/healthz").ok, despite=(requests.ConnectionError,))
    for _ in range(40):
        assert answers("/nowhere").status_code == 404
    read = [requests.get(f"http://127.0.0.1:{port}/metrics", timeout=5) for _ in range(6)]
    assert {values(one.text)["partnerwise_requests_total{endpoint=none,status=4xx}"] for one in read} == {40.0}
    assert read[0].headers["Content-Type"].startswith("text/plain")
    assert {values(one.text)["partnerwise_database_up"] for one in read} == {1.0}
    assert answers("/metrics").status_code == 404
    assert requests.get(f"http://127.0.0.1:{port}/healthz", timeout=5).status_code == 404
    forged = requests.get(f"{building.tool_url}/metrics", headers={"Host": f"127.0.0.1:{port}"}, timeout=5)
    assert forged.status_code == 404
    [folder] = building.folder.glob("partnerwise-metrics-*")
    assert folder.stat().st_mode & 0o777 == 0o700
    tool.terminate()
    until(lambda: not folder.exists(), "the folder goes with the server")


@pytest.mark.slow
@on_sqlite
def test_the_worker_tells_what_it_counts(building: House) -> None:
    port = free_port()
    words = ["worker", "--metrics", f"127.0.0.1:{port}"]
    building.running["worker"] = Process(partnerwise, words, building._environment(), building.folder / "worker.log")

    def keys_asked() -> float:
        found = values(requests.get(f"http://127.0.0.1:{port}/metrics", timeout=5).text)
        return found.get("partnerwise_platform_calls_total{call=keys,result=not_reached}", 0)

    assert until(keys_asked, despite=(requests.ConnectionError,)) == 1


@pytest.mark.parametrize("address", ["9464", "127.0.0.1:", ":9464", "127.0.0.1:99999", "127.0.0.1:http"])
def test_an_address_for_metrics_that_is_none_is_refused(address: str) -> None:
    from click.testing import CliRunner

    from lti_tool.cli import main

    said = CliRunner().invoke(main, ["serve", "--metrics", address])
    assert said.exit_code == 2
    assert "is no HOST:PORT" in said.output
