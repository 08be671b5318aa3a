"""Trouble on request: each kind of failure, as a client meets it."""

import time

import pytest
import requests

from lti_tool.demo import DemoConfig, create_demo
from tests.demo.test_scores import post, read, score
from tests.fixtures.platform import Platform


@pytest.mark.parametrize("kind", ["401", "409", "429", "500"])
def test_a_planned_status_comes_as_often_as_planned_and_stores_nothing(platform: Platform, kind: str) -> None:
    platform.faults("scores", kind, times=2)
    answers = [post(platform, score()).status_code for _ in range(3)]
    assert answers == [int(kind), int(kind), 200]
    assert len(platform.scores()) == 1


def test_too_many_requests_says_when_to_come_back(platform: Platform) -> None:
    platform.faults("scores", "429", seconds=7)
    assert post(platform, score()).headers["Retry-After"] == "7"


def test_a_dropped_connection_stores_nothing(platform: Platform) -> None:
    platform.faults("scores", "drop")
    with pytest.raises(requests.ConnectionError):
        post(platform, score())
    assert platform.results() == {}


def test_an_accepted_score_may_lose_its_answer(platform: Platform) -> None:
    platform.faults("scores", "accept_then_drop")
    with pytest.raises(requests.ConnectionError):
        post(platform, score())
    assert platform.results() == {"alice": 12}
    assert post(platform, score()).status_code == 409


def test_a_malformed_answer_is_no_json(platform: Platform) -> None:
    platform.faults("results", "malformed")
    answer = read(platform)
    assert answer.status_code == 200
    with pytest.raises(requests.JSONDecodeError):
        answer.json()
    assert read(platform).json() == []


def test_a_slow_answer_comes_in_the_end(platform: Platform) -> None:
    platform.faults("jwks", "slow", seconds=0.4)
    began = time.monotonic()
    answer = requests.get(f"{platform.url}/lti/jwks", timeout=5)
    assert time.monotonic() - began >= 0.4
    assert len(answer.json()["keys"]) == 1


def test_a_time_out_never_answers(platform: Platform) -> None:
    platform.faults("token", "timeout")
    with pytest.raises(requests.ReadTimeout):
        requests.post(f"{platform.url}/lti/token", data={}, timeout=0.3)
    platform.faults("members", "timeout", seconds=0.1)
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{platform.url}/lti/services/CourseSection/2/bindings/1/memberships", timeout=5)


def test_faults_can_be_planned_and_cleared_over_http(platform: Platform) -> None:
    plan = {"at": "jwks", "kind": "500", "times": 5}
    assert requests.post(f"{platform.url}/faults", json=plan, timeout=5).status_code == 201
    assert requests.get(f"{platform.url}/lti/jwks", timeout=5).status_code == 500
    assert requests.delete(f"{platform.url}/faults", timeout=5).status_code == 204
    assert requests.get(f"{platform.url}/lti/jwks", timeout=5).status_code == 200


def test_an_unknown_fault_is_refused(platform: Platform) -> None:
    for plan in ({"at": "moon", "kind": "500"}, {"at": "jwks", "kind": "fire"}, {"at": "jwks"}):
        assert requests.post(f"{platform.url}/faults", json=plan, timeout=5).status_code == 400


def test_rotated_keys_replace_the_old_ones(platform: Platform) -> None:
    url = f"{platform.url}/lti/jwks"
    [old] = requests.get(url, timeout=5).json()["keys"]
    rotated = requests.post(f"{platform.url}/faults/rotate-keys", timeout=5).json()["kid"]
    [new] = requests.get(url, timeout=5).json()["keys"]
    assert new["kid"] == rotated != old["kid"]
    assert platform.rotate_keys() not in {old["kid"], rotated}


def test_without_faults_nobody_can_ask_for_any() -> None:
    app = create_demo(DemoConfig())
    client = app.test_client()
    assert client.post("/faults", json={"at": "jwks", "kind": "500"}).status_code == 404
    assert client.post("/faults/rotate-keys").status_code == 404
    app.extensions["demo"].close()
