"""The member list that the tool may read."""

import requests

from lti_tool.demo.claims import AGS
from tests.fixtures.platform import Platform

MEMBERS = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"


def read(platform: Platform, url: str, accept: str = MEMBERS) -> requests.Response:
    headers = {"Authorization": f"Bearer {platform.grant_token()}", "Accept": accept}
    return requests.get(url, headers=headers, timeout=5)


def address(platform: Platform, query: str = "") -> str:
    return f"{platform.url}/lti/services/CourseSection/2/bindings/1/memberships{query}"


def names(answer: requests.Response) -> list[str]:
    return [member["name"] for member in answer.json()["members"]]


def test_the_enrolled_people_are_listed_with_short_role_names(platform: Platform) -> None:
    answer = read(platform, address(platform))
    assert names(answer) == ["Alice Adams", "Bob Brown", "Carla Costa", "Tina Trainer"]
    assert answer.json()["context"] == {"id": "2", "label": "PE101", "title": "Working with parents"}
    alice = answer.json()["members"][0]
    assert (alice["user_id"], alice["roles"], alice["status"]) == ("4", ["Learner"], "Active")
    assert alice["email"] == "alice@example.com"
    assert "picture" not in alice
    assert "message" not in alice


def test_pages_follow_the_link_header_to_the_end(platform: Platform) -> None:
    url, seen = address(platform, "?limit=2"), list[str]()
    for _ in range(2):
        answer = read(platform, url)
        seen += names(answer)
        url = answer.links.get("next", {}).get("url", "")
    assert seen == ["Alice Adams", "Bob Brown", "Carla Costa", "Tina Trainer"]
    assert url == ""


def test_a_filter_is_kept_from_page_to_page(platform: Platform) -> None:
    first = read(platform, address(platform, "?limit=2&role=Learner"))
    second = read(platform, first.links["next"]["url"])
    assert names(first) + names(second) == ["Alice Adams", "Bob Brown", "Carla Costa"]
    assert "next" not in second.links


def test_members_are_filtered_by_role_in_both_spellings(platform: Platform) -> None:
    uri = "http://purl.imsglobal.org/vocab/lis/v2/membership%23Instructor"
    assert names(read(platform, address(platform, f"?role={uri}"))) == ["Tina Trainer"]
    assert names(read(platform, address(platform, "?role=Instructor"))) == ["Tina Trainer"]
    assert names(read(platform, address(platform, "?role=Mentor"))) == []


def test_a_link_filter_adds_messages_and_must_exist(platform: Platform) -> None:
    assert "message" in read(platform, address(platform, "?rlid=2")).json()["members"][0]
    assert read(platform, address(platform, "?rlid=999")).status_code == 404


def test_media_type_scope_and_deployment_are_checked(platform: Platform) -> None:
    assert read(platform, address(platform), "*/*").status_code == 200
    assert read(platform, address(platform), "application/json").status_code == 400
    other = f"{platform.url}/lti/services/CourseSection/2/bindings/7/memberships"
    assert read(platform, other).status_code == 401
    score_only = {"Authorization": f"Bearer {platform.grant_token(f'{AGS}scope/score')}", "Accept": MEMBERS}
    assert requests.get(address(platform), headers=score_only, timeout=5).status_code == 401
