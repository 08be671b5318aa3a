"""The dashboard and the alert rules ask for nothing that the tool does not count, and leave nothing out."""

import json
import re
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from lti_tool.database import Database
from lti_tool.operations.metrics import Metrics
from lti_tool.operations.standing_numbers import StandingNumbers

GRAFANA = Path(__file__).parent.parent.parent / "deploy" / "grafana"
GUIDE = (GRAFANA.parent / "guides" / "operating.md").read_text(encoding="utf-8")
BOARD: dict[str, Any] = json.loads((GRAFANA / "partnerwise.json").read_text(encoding="utf-8"))
RULES: list[dict[str, Any]] = [
    rule
    for group in yaml.safe_load((GRAFANA / "alerts.yaml").read_text(encoding="utf-8"))["groups"]
    for rule in group["rules"]
]
QUERIES = [target["expr"] for panel in BOARD["panels"] for target in panel["targets"]]
QUERIES += [rule["expr"] for rule in RULES]


@pytest.fixture
def told(database: Database) -> set[tuple[str, str]]:
    """Every sample that a process can tell, by its name, with each label that it has."""
    with closing(Metrics()) as metrics:
        metrics.count_launch("opened")
        metrics.count_request("lti.launch", 200, 0.1)
        metrics.count_call("keys", "ok")
        text = metrics.text([StandingNumbers(database)]).decode()
    families = text_string_to_metric_families(text)
    return {(one.name, label) for family in families for one in family.samples for label in ("", *one.labels)}


def named(text: str) -> set[str]:
    return set(re.findall(r"\bpartnerwise_\w+", text))


def test_every_metric_that_is_asked_for_is_there_with_its_labels(told: set[tuple[str, str]]) -> None:
    assert len(QUERIES) > 20
    for query in QUERIES:
        for name in named(query):
            assert (name, "") in told, query
        for label in re.findall(r"(\w+)!?=\"", query) + re.findall(
            r"\w+", " ".join(re.findall(r"by \(([^)]+)", query))
        ):
            assert {(name, label) for name in named(query)} <= told, query


def test_every_metric_is_on_the_dashboard_and_explained(told: set[tuple[str, str]]) -> None:
    asked = named(" ".join(QUERIES))
    for name in {name for name, _ in told} - {
        name for name, _ in told if name.endswith(("_created", "_sum", "_count"))
    }:
        assert name in asked, name
        assert re.sub(r"_bucket$", "", name) in GUIDE, name


def test_every_alert_is_explained(told: set[tuple[str, str]]) -> None:
    for rule in RULES:
        assert f"`{rule['alert']}`" in GUIDE, rule["alert"]
        assert rule["labels"]["severity"] in {"critical", "warning"}
        assert rule["annotations"]["summary"]


def test_the_panels_have_places_and_numbers_of_their_own() -> None:
    places = {(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in BOARD["panels"]}
    assert len(places) == len({panel["id"] for panel in BOARD["panels"]}) == len(BOARD["panels"])
