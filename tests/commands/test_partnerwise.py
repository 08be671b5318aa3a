"""What an operator types, and what it says when something is wrong: one clear sentence, never a trace."""

import json
import os
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pydantic import SecretStr
from sqlalchemy import select, text, update

from lti_tool.cli import main
from lti_tool.database import Database, now
from lti_tool.doctor import _way_to_database
from lti_tool.lti.keys import ToolKey
from lti_tool.lti.network.outbound import Answer, Outbound
from lti_tool.operations.heartbeat import beat
from lti_tool.operations.models import WorkerHeartbeat
from lti_tool.people.models import Context, User
from lti_tool.platforms.keys.key_sets import fetch_due_keys
from lti_tool.platforms.models import Registration
from lti_tool.scores.models import Delivery, LineItem
from lti_tool.settings import Settings

SECRET = "a secret for tests, long enough to be one"
MOODLE = {
    "--issuer": "https://moodle.school.example",
    "--client-id": "aBc",
    "--auth-url": "https://moodle.school.example/mod/lti/auth.php",
    "--token-url": "https://moodle.school.example/mod/lti/token.php",
    "--jwks-url": "https://moodle.school.example/mod/lti/certs.php",
    "--deployment-id": "1",
}


class Operator:
    """Types commands in an environment of their own."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.environment: dict[str, str | None] = {
            "PARTNERWISE_SECRET_KEY": SECRET,
            "PARTNERWISE_DATA_DIR": str(folder),
            "PARTNERWISE_DATABASE_URL": database_url,
            "PARTNERWISE_BASE_URL": "https://partnerwise.school.example",
            "PARTNERWISE_ALLOW_PRIVATE_ADDRESSES": None,
        }

    def types(self, *words: str, **environment: str | None) -> Result:
        """Run the command."""
        return CliRunner().invoke(main, words, env={**self.environment, **environment})

    def adds(self, *flags: str, **changed: str) -> Result:
        """Register a platform."""
        options = {**MOODLE, **{f"--{name.replace('_', '-')}": value for name, value in changed.items()}}
        return self.types("platforms", "add", *(word for pair in options.items() for word in pair), *flags)


@pytest.fixture
def operator(tmp_path: Path, database_url: str) -> Operator:
    """An operator with a migrated database of each kind in turn."""
    return Operator(tmp_path, database_url)


def sentence(answer: Result) -> str:
    """The one sentence of a command that failed."""
    assert answer.exit_code == 1, answer.output
    assert "Traceback" not in answer.output
    assert isinstance(answer.exception, SystemExit)
    return answer.output.strip()


def test_a_platform_is_added_and_listed_with_what_to_paste_into_the_lms(operator: Operator) -> None:
    said = operator.adds(label="Our Moodle").output
    for path in ("login", "launch", "jwks"):
        assert f"https://partnerwise.school.example/lti/{path}" in said
    listed = operator.types("platforms", "list").output
    assert "Our Moodle: https://moodle.school.example  client aBc  deployment 1" in listed


@pytest.mark.both_databases
def test_adding_a_platform_again_changes_it_and_makes_no_second(operator: Operator) -> None:
    operator.adds(label="Our Moodle")
    operator.adds(label="Our new Moodle")
    operator.adds(deployment_id="2")
    listed = operator.types("platforms", "list").output
    assert listed.count("moodle.school.example") == 1 + listed.count("moodle.school.example:")
    assert "deployment 1, 2" in listed


def test_an_empty_list_says_how_to_begin(operator: Operator) -> None:
    assert "partnerwise platforms invite --label TEXT" in operator.types("platforms", "list").output


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"issuer": "moodle"}, "issuer must be a web address"),
        ({"jwks_url": "ftp://x"}, "jwks_url must be a web address"),
        ({"client_id": ""}, "must not be empty"),
        ({"deployment_id": "x" * 256}, "255 characters"),
    ],
    ids=str,
)
def test_a_platform_that_cannot_be_is_refused_in_words(operator: Operator, changed: dict[str, str], says: str) -> None:
    assert says in sentence(operator.adds(**changed))


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("SECRET_KEY", None, "PARTNERWISE_SECRET_KEY is not set."),
        ("SECRET_KEY", "short", "must have at least 32 characters"),
        ("SECRET_KEY", "a" * 40, "must have at least 8 different characters"),
        ("SECRET_KEY", "change-" * 6, "must have at least 8 different characters"),
        ("BASE_URL", "partnerwise.school.example", "must be an address such as"),
        ("BASE_URL", "http://partnerwise.school.example", "must begin with https://"),
        ("BASE_URL", "https://school.example/partnerwise", "must be a host without a path"),
        ("LAUNCH_HOURS", "many", "PARTNERWISE_LAUNCH_HOURS"),
        ("DATABASE_URL", "postgresql://nobody:hidden@127.0.0.1:1/none", "The database cannot be used"),
        ("DATA_DIR", "/proc/none", "/proc/none"),
    ],
)
def test_a_setting_that_is_wrong_is_named(operator: Operator, name: str, value: str | None, says: str) -> None:
    said = sentence(operator.types("platforms", "list", **{f"PARTNERWISE_{name}": value}))
    assert says in said
    assert "hidden" not in said


@pytest.mark.parametrize("process", ["serve", "worker"])
def test_a_process_that_starts_while_the_database_is_away_says_so_in_one_sentence(
    operator: Operator, process: str
) -> None:
    away = "postgresql://nobody:hidden@127.0.0.1:1/none"
    said = sentence(operator.types(process, PARTNERWISE_DATABASE_URL=away))
    assert "The queue's database cannot be used: " in said
    assert "hidden" not in said
    assert len(said.splitlines()) == 1


@pytest.mark.both_databases
def test_the_doctor_finds_a_healthy_tool_well(operator: Operator) -> None:
    operator.adds()
    answer = operator.types("doctor")
    assert answer.exit_code == 0, answer.output
    assert "PROBLEM" not in answer.output
    assert "1 platform(s) may open the tool" in answer.output


@pytest.mark.both_databases
def test_the_doctor_says_what_waits_at_the_worker_and_for_which_lms(operator: Operator) -> None:
    operator.adds(label="Our Moodle", jwks_url="https://127.0.0.1:9/ours")
    operator.adds(client_id="other", label="Their Moodle", jwks_url="https://127.0.0.1:9/theirs")
    assert "0 score(s) wait to be sent" in operator.types("doctor").output
    assert operator.environment["PARTNERWISE_DATABASE_URL"]
    database = Database(operator.environment["PARTNERWISE_DATABASE_URL"])
    with database.transaction() as session:
        theirs = session.scalars(select(Registration).where(Registration.client_id == "other")).one()
        theirs.quiet_until = now() + timedelta(hours=1)
        user = User(registration_id=theirs.id, subject="4", name="Alice Adams")
        context = Context(deployment_id=theirs.deployments[0].id, lti_id="2")
        session.add_all([user, context])
        session.flush()
        column = LineItem(context_id=context.id, registration_id=theirs.id, activity="journal/j3")
        session.add(column)
        session.flush()
        due = (now() - timedelta(minutes=42)).replace(microsecond=0)
        times = {"score_at": due, "next_try_at": due}
        session.add(
            Delivery(line_item_id=column.id, user_id=user.id, source="submission/1", points=1, maximum=15, **times)
        )
    fetch_due_keys(database, Outbound())
    database.close()
    said = operator.types("doctor").output
    assert "note    1 score(s) wait to be sent, the oldest for 42 minute(s)" in said
    assert "Does `partnerwise worker` run?" in said
    assert "since there was no answer: Their Moodle." in said
    assert "The keys could not be fetched at the last try: Our Moodle, Their Moodle." in said
    assert "a score for 60 seconds at most, a roster for 15 minutes, 20 pages of columns" in said
    assert "Alice" not in said


@pytest.mark.both_databases
def test_the_doctor_says_whether_a_worker_runs(operator: Operator) -> None:
    assert (
        "note    No worker runs now: grades and rosters wait. Start `partnerwise worker`"
        in operator.types("doctor").output
    )
    database = Database(str(operator.environment["PARTNERWISE_DATABASE_URL"]))
    beat(database)
    assert "ok      A worker runs." in operator.types("doctor").output
    with database.transaction() as session:
        session.execute(update(WorkerHeartbeat).values(seen_at=datetime(2026, 1, 2, 3, 4, tzinfo=UTC)))
    database.close()
    assert "note    No worker runs since 2026-01-02 03:04 UTC" in operator.types("doctor").output


@pytest.mark.parametrize(
    ("date", "age", "mark", "said"),
    [
        (-5, None, "ok      ", "The clocks of this machine and of 1 platform(s) agree."),
        (-95, None, "note    ", "The clock of Our Moodle is 9"),
        (-95, 95, "ok      ", "agree."),
        (600, None, "PROBLEM ", "ahead of this machine's. From 180 seconds on launches are refused."),
        (None, None, "", ""),
    ],
)
def test_the_doctor_compares_clocks_by_what_platforms_said_with_their_keys(
    operator: Operator, date: int | None, age: int | None, mark: str, said: str
) -> None:
    operator.adds(label="Our Moodle")
    headers = {} if date is None else {"Date": format_datetime(now() + timedelta(seconds=date), usegmt=True)}
    if age is not None:
        headers["Age"] = str(age)

    class Moodle:
        def get(self, url: str, *, accept: str) -> Answer:
            return Answer(200, headers, json.dumps({"keys": [ToolKey.generate().public_jwk]}).encode())

    database = Database(str(operator.environment["PARTNERWISE_DATABASE_URL"]))
    fetch_due_keys(database, Moodle())
    database.close()
    lines = [line for line in operator.types("doctor").output.splitlines() if "The clock" in line]
    assert len(lines) == bool(said)
    assert all(line.startswith(mark) and said in line for line in lines)


def test_the_doctor_warns_of_development_where_others_reach_it(operator: Operator) -> None:
    assert "PARTNERWISE_DEVELOPMENT is on: anybody" in operator.types("doctor", PARTNERWISE_DEVELOPMENT="1").output
    mine = {"PARTNERWISE_DEVELOPMENT": "1", "PARTNERWISE_BASE_URL": "http://127.0.0.1:8000"}
    assert "PARTNERWISE_DEVELOPMENT" not in operator.types("doctor", **mine).output


def test_migrate_check_changes_nothing_and_says_it_by_its_exit_code(operator: Operator, tmp_path: Path) -> None:
    file = tmp_path / "later.db"
    mine = {"PARTNERWISE_DATABASE_URL": f"sqlite:///{file}"}
    answer = operator.types("migrate", "--check", **mine)
    assert (answer.exit_code, answer.output) == (1, "The database is not up to date.\n")
    assert not file.exists()
    assert operator.types("migrate", **mine).exit_code == 0
    answer = operator.types("migrate", "--check", **mine)
    assert (answer.exit_code, answer.output) == (0, "The database is current.\n")


@pytest.mark.both_databases
@pytest.mark.parametrize(("revision", "said"), [("0013", "not up to date"), ("9999", "newer than this program")])
def test_migrate_check_knows_older_and_newer_forms(operator: Operator, revision: str, said: str) -> None:
    database = Database(str(operator.environment["PARTNERWISE_DATABASE_URL"]))
    with database.engine.begin() as connection:
        former = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{revision}'"))
    answer = operator.types("migrate", "--check")
    with database.engine.begin() as connection:
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{former}'"))
    database.close()
    assert (answer.exit_code, answer.output) == (1, f"The database is {said}.\n")
    assert found == revision


def test_the_doctor_warns_of_what_is_for_development_only(operator: Operator) -> None:
    said = operator.types("doctor", PARTNERWISE_ALLOW_PRIVATE_ADDRESSES="1").output
    assert "note" in said
    assert "PARTNERWISE_ALLOW_PRIVATE_ADDRESSES is on" in said


def test_what_the_tool_writes_is_for_its_own_user_alone_and_the_doctor_sees_where_it_is_not(
    operator: Operator, tmp_path: Path
) -> None:
    before = os.umask(0)
    try:
        data = tmp_path / "new" / "data"
        mine = {"PARTNERWISE_DATA_DIR": str(data), "PARTNERWISE_DATABASE_URL": f"sqlite:///{data}/partnerwise.db"}
        operator.types("migrate", **mine)
        modes = {path.name: path.stat().st_mode & 0o777 for path in data.iterdir()}
        assert modes["partnerwise.db"] == 0o600
        assert set(modes.values()) == {0o600}
        assert data.stat().st_mode & 0o777 == 0o700
        assert "Nobody else on this machine" in operator.types("doctor", **mine).output
        (data / "partnerwise.db").chmod(0o640)
        assert f"may read {data}/partnerwise.db. Run: chmod -R go= {data}" in operator.types("doctor", **mine).output
    finally:
        os.umask(before)


@pytest.mark.both_databases
def test_the_doctor_sees_a_database_without_tables_and_says_what_to_do(operator: Operator, tmp_path: Path) -> None:
    empty = f"sqlite:///{tmp_path / 'empty.db'}"
    answer = operator.types("doctor", PARTNERWISE_DATABASE_URL=empty)
    assert answer.exit_code == 1
    assert "Run `partnerwise migrate`" in answer.output
    assert operator.types("migrate", PARTNERWISE_DATABASE_URL=empty).exit_code == 0
    assert operator.types("doctor", PARTNERWISE_DATABASE_URL=empty).exit_code == 0


def test_the_doctor_sees_keys_made_under_another_secret(operator: Operator) -> None:
    operator.types("doctor")
    answer = operator.types("doctor", PARTNERWISE_SECRET_KEY="another secret that is long enough too")
    assert answer.exit_code == 1
    assert "another PARTNERWISE_SECRET_KEY" in answer.output


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://u:secret@db.school.example/p", "may be read by others. Add ?sslmode=verify-full"),
        ("postgresql://u:secret@db.school.example/p?sslmode=require", "may be read by others"),
        ("postgresql://u:secret@db.school.example/p?sslmode=verify-full", "on db.school.example is encrypted"),
        ("postgresql://u:secret@localhost/p", ""),
        ("postgresql://u:secret@/p?host=/run/postgresql", ""),
    ],
)
def test_the_doctor_looks_at_the_way_to_the_database(tmp_path: Path, address: str, said: str) -> None:
    settings = Settings(secret_key=SecretStr(SECRET), data_dir=tmp_path, database_url=address)
    texts = "".join(finding.text for finding in _way_to_database(settings))
    assert said in texts
    assert bool(said) is bool(texts)
    assert "secret" not in texts
