"""Many threads at one small database."""

from concurrent.futures import ThreadPoolExecutor

from tests.demo.test_scores import post, score
from tests.fixtures.platform import Platform


def test_scores_that_come_at_once_are_all_kept(platform: Platform) -> None:
    bodies = [score(scoreGiven=number % 15, timestamp=f"2026-11-20T10:00:{number:02d}Z") for number in range(24)]
    with ThreadPoolExecutor(8) as pool:
        statuses = [answer.status_code for answer in pool.map(lambda body: post(platform, body), bodies)]
    assert set(statuses) <= {200, 409}
    assert len(platform.scores()) == 24
    grade = platform.grade("alice")
    assert grade is not None
    assert grade.score == 23 % 15, "the newest timestamp wins, whoever came first"


def test_one_message_hint_is_redeemed_once_by_many(platform: Platform) -> None:
    login = platform.launch_form("alice", "roadmap")
    asked = {
        "scope": "openid",
        "response_type": "id_token",
        "response_mode": "form_post",
        "client_id": login["client_id"],
        "redirect_uri": platform.config.redirect_uri,
        "login_hint": login["login_hint"],
        "lti_message_hint": login["lti_message_hint"],
        "nonce": "n",
    }
    with ThreadPoolExecutor(8) as pool:
        answers = pool.map(
            lambda _: platform.app.test_client().get("/lti/auth", query_string=asked).status_code, range(8)
        )
    assert sorted(answers) == [200] + [404] * 7
