"""Line items: listed, made, changed and removed by the tool."""

from pathlib import Path

import requests

from lti_tool.demo.claims import AGS
from tests.fixtures.platform import Platform, StartPlatform

ITEM = "application/vnd.ims.lis.v2.lineitem+json"
ITEMS = "application/vnd.ims.lis.v2.lineitemcontainer+json"


def call(platform: Platform, method: str, url: str = "", body: object = None, **headers: str) -> requests.Response:
    sent = {
        "Authorization": f"Bearer {platform.grant_token()}",
        "Content-Type": ITEM,
        "Accept": ITEMS,
        **headers,
    }
    address = url or f"{platform.url}/lti/services/2/lineitems?type_id=1"
    return requests.request(method, address, json=body, headers=sent, timeout=5)


def test_the_course_begins_with_the_think_pieces_line_item(platform: Platform) -> None:
    answer = call(platform, "GET")
    assert answer.headers["Content-Type"].startswith(ITEMS)
    assert answer.json() == [
        {
            "id": platform.line_item_url("journal-j3"),
            "label": "Think piece",
            "scoreMaximum": 15,
            "resourceId": "",
            "tag": "",
            "resourceLinkId": "2",
            "ltiLinkId": "2",
        }
    ]
    one = call(platform, "GET", platform.line_item_url("journal-j3"), Accept=ITEM)
    assert one.json() == answer.json()[0]


def test_a_tool_makes_changes_and_removes_a_line_item(platform: Platform) -> None:
    body = {
        "label": "Unit M1U1",
        "scoreMaximum": 40,
        "resourceId": "m1u1",
        "tag": "unit",
        "resourceLinkId": "1",
    }
    made = call(platform, "POST", body=body)
    assert made.status_code == 201
    url = made.json()["id"]
    assert made.json() == {**body, "id": url}
    changed = call(platform, "PUT", url, {"label": "Unit", "scoreMaximum": "50"})
    assert changed.status_code == 200
    shown = call(platform, "GET", url, Accept=ITEM).json()
    assert (shown["label"], shown["scoreMaximum"], shown["resourceId"]) == ("Unit", 50, "")
    assert call(platform, "DELETE", url).status_code == 204
    assert call(platform, "GET", url, Accept=ITEM).status_code == 404


def test_line_items_are_filtered_by_link_resource_and_tag(platform: Platform) -> None:
    call(platform, "POST", body={"label": "A", "scoreMaximum": 1, "resourceId": "r1", "tag": "t1"})
    call(platform, "POST", body={"label": "B", "scoreMaximum": 1, "resourceLinkId": "2", "tag": "t2"})

    def labels(query: str) -> list[str]:
        url = f"{platform.url}/lti/services/2/lineitems?type_id=1&{query}"
        return [item["label"] for item in call(platform, "GET", url).json()]

    assert labels("resource_id=r1") == ["A"]
    assert labels("tag=t2") == ["B"]
    assert labels("resource_link_id=2") == ["Think piece", "B"]


def test_pages_of_line_items_have_links_as_broken_as_moodles(platform: Platform) -> None:
    call(platform, "POST", body={"label": "A", "scoreMaximum": 1})
    answer = call(platform, "GET", f"{platform.url}/lti/services/2/lineitems?type_id=1&limit=1")
    assert [item["label"] for item in answer.json()] == ["Think piece"]
    link = answer.headers["Link"]
    assert "&amp;limit=1&amp;from=1>; rel=â\x80\x9cnextâ\x80\x9d" in link


def test_what_a_tool_may_not_do_is_refused(platform: Platform) -> None:
    assert call(platform, "POST", body={"scoreMaximum": 7}).status_code == 400
    assert call(platform, "POST", body={"label": "x", "scoreMaximum": "many"}).status_code == 400
    assert call(platform, "POST", body={"label": "x", "scoreMaximum": 7, "resourceLinkId": "77"}).status_code == 403
    assert (
        call(
            platform, "POST", body={"label": "x", "scoreMaximum": 7}, **{"Content-Type": "application/json"}
        ).status_code
        == 400
    )
    assert call(platform, "POST", body=[1]).status_code == 400
    assert call(platform, "PUT", platform.line_item_url("journal-j3"), {"scoreMaximum": 7}).status_code == 400
    assert call(platform, "GET", Accept="*/*").status_code == 400
    assert call(platform, "GET", Accept=f"{ITEMS}, application/json").status_code == 400
    assert call(platform, "GET", Authorization="Bearer nonsense").status_code == 401
    assert call(platform, "GET", Authorization="").status_code == 401
    assert call(platform, "GET", f"{platform.url}/lti/services/2/lineitems?type_id=2").status_code == 401
    assert call(platform, "GET", f"{platform.url}/lti/services/999/lineitems").status_code == 404


def test_a_read_only_token_changes_nothing(platform: Platform) -> None:
    bearer = f"Bearer {platform.grant_token(f'{AGS}scope/lineitem.readonly')}"
    assert call(platform, "GET", Authorization=bearer).status_code == 200
    body = {"label": "x", "scoreMaximum": 7}
    assert call(platform, "POST", body=body, Authorization=bearer).status_code == 401


def test_a_launch_names_no_line_item_when_the_link_has_two(platform: Platform) -> None:
    call(platform, "POST", body={"label": "Second", "scoreMaximum": 5, "resourceLinkId": "2"})
    claims = platform.claims("alice", "journal-j3", "n")
    assert "lineitem" not in claims[f"{AGS}claim/endpoint"]


def test_a_deleted_column_stays_deleted_after_a_restart(running_platform: StartPlatform, tmp_path: Path) -> None:
    first = running_platform(database_path=tmp_path / "demo.db")
    call(first, "DELETE", first.line_item_url("journal-j3"))
    second = running_platform(database_path=tmp_path / "demo.db")
    assert call(second, "GET").json() == []
