"""Pages of line items, results, members and groups: followed to their end, however the links are written."""

import json
from urllib.parse import parse_qsl, urlsplit

import pytest

from lti_tool.lti.errors import RateLimited, ServiceFailed
from lti_tool.lti.services.calls import PlatformServices
from lti_tool.lti.services.groups import CourseGroup, read_groups
from lti_tool.lti.services.line_items import find_line_item
from lti_tool.lti.services.members import Member, read_members
from lti_tool.lti.services.paging import MOST_PAGES, next_link, pages
from lti_tool.lti.services.results import read_results
from tests.lti.far_side import Asked, Reply
from tests.lti.lms import Lms

# As Moodle 4.5 sent it: escaped ampersands, and typographic quotes whose UTF-8 was read as Latin-1.
MOODLE = (
    "<http://localhost:8100/mod/lti/services.php/2/lineitems?type_id=1&amp;limit=1&amp;from=0>; "
    "rel=\u00e2\u0080\u009cfirst\u00e2\u0080\u009d, "
    "<http://localhost:8100/mod/lti/services.php/2/lineitems?type_id=1&amp;limit=1&amp;from=1>; "
    "rel=\u00e2\u0080\u009cnext\u00e2\u0080\u009d, "
    "<http://localhost:8100/mod/lti/services.php/2/lineitems?type_id=1&amp;limit=1&amp;from=7>; "
    "rel=\u00e2\u0080\u009clast\u00e2\u0080\u009d"
)


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ('<https://lms/a?page=AbC>; rel="next"', "https://lms/a?page=AbC"),
        ("<https://lms/a?page=2>; rel=next", "https://lms/a?page=2"),
        ('<https://lms/a>;title="x";REL="NEXT"', "https://lms/a"),
        ('<https://lms/1>; rel="first", <https://lms/2>; rel="next", <https://lms/9>; rel="last"', "https://lms/2"),
        ('<https://lms/2>; rel="prev next"', "https://lms/2"),
        (MOODLE, "http://localhost:8100/mod/lti/services.php/2/lineitems?type_id=1&limit=1&from=1"),
        ("<https://lms/a,b;c?x=1>; rel='next'", "https://lms/a,b;c?x=1"),
        ('<https://lms/a>; rel="prev"', None),
        ('<https://lms/a>; rel="nextish"', None),
        ('<>; rel="next"', None),
        ("https://lms/a; rel=next", None),
        ("", None),
    ],
)
def test_the_next_link_is_found_as_it_was_written(header: str, target: str | None) -> None:
    assert next_link(header) == target


def serve_pages(lms: Lms, *bodies: object, link: str = "{url}?page={page}Case") -> None:
    """Answer with one page after the other; `page` is in the query."""

    def serve(asked: Asked) -> Reply:
        page = int(dict(parse_qsl(urlsplit(asked.path).query)).get("page", "0Case").removesuffix("Case"))
        following = f'<{link.format(url=lms.url + "/list", page=page + 1)}>; rel="next"'
        headers = {"Link": following} if page + 1 < len(bodies) else {}
        return Reply(200, headers, json.dumps(bodies[page]).encode())

    lms.serve = serve


def read_all(services: PlatformServices, url: str) -> list[object]:
    """Every page's body."""
    return [page.json() for page in pages(services, url, scopes=["a"], accept="application/json")]


def test_pages_are_read_to_the_end_with_the_case_of_their_links(services: PlatformServices, lms: Lms) -> None:
    serve_pages(lms, 1, 2, 3)
    assert read_all(services, f"{lms.url}/list") == [1, 2, 3]
    assert [call.path for call in lms.calls("/list")] == ["/list", "/list?page=1Case", "/list?page=2Case"]


def test_a_relative_link_is_followed_on_the_same_host(services: PlatformServices, lms: Lms) -> None:
    serve_pages(lms, 1, 2, link="/list?page={page}Case")
    assert read_all(services, f"{lms.url}/list") == [1, 2]


@pytest.mark.parametrize("elsewhere", ["https://evil.example/list", "http://127.0.0.1:9/list", "//evil.example/x"])
def test_a_link_to_another_host_is_not_followed_for_the_token_would_go_there(
    services: PlatformServices, lms: Lms, elsewhere: str
) -> None:
    serve_pages(lms, 1, 2, link=elsewhere)
    with pytest.raises(ServiceFailed) as failed:
        read_all(services, f"{lms.url}/list")
    assert (failed.value.reason, failed.value.permanent) == ("link_elsewhere", True)


def test_a_link_that_cannot_be_read_ends_it(services: PlatformServices, lms: Lms) -> None:
    serve_pages(lms, 1, 2, link="http://[broken")
    with pytest.raises(ServiceFailed) as failed:
        read_all(services, f"{lms.url}/list")
    assert failed.value.reason == "malformed_link"


def test_pages_in_a_ring_are_stopped(services: PlatformServices, lms: Lms) -> None:
    serve_pages(lms, 1, 2, link="{url}")
    with pytest.raises(ServiceFailed) as failed:
        read_all(services, f"{lms.url}/list")
    assert failed.value.reason == "pages_without_end"
    assert len(lms.calls("/list")) == 1


def test_pages_that_never_end_are_stopped(
    services: PlatformServices, lms: Lms, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_PAGES >= 1000, "a class of 10,000 may come ten at a time"
    monkeypatch.setattr("lti_tool.lti.services.paging.MOST_PAGES", 5)
    serve_pages(lms, *range(100))
    with pytest.raises(ServiceFailed) as failed:
        read_all(services, f"{lms.url}/list")
    assert failed.value.reason == "pages_without_end"
    assert len(lms.calls("/list")) == 5


def test_members_come_page_by_page_as_far_as_they_can_be_used(services: PlatformServices, lms: Lms) -> None:
    serve_pages(
        lms,
        {
            "members": [
                {"user_id": "4", "name": "Alice Adams", "roles": ["Learner"], "status": "Active"},
                {"user_id": 5, "given_name": "Bob", "family_name": "Brown", "roles": ["Learner"]},
                {"user_id": "6", "name": "Carla Costa", "roles": ["Learner"], "status": "Inactive"},
                {"user_id": "7", "name": "Gone", "status": "Deleted"},
            ]
        },
        {
            "members": [
                {"user_id": "8", "roles": "Learner", "group_enrollments": [{"group_id": "g"}, {"group_id": 2}, 7, {}]},
                {"user_id": "9" * 300, "name": "Too long"},
                {"user_id": "", "name": "Nobody"},
                {"name": "Nobody"},
                {"user_id": True},
                ["no", "object"],
                {"user_id": "10", "name": {"no": "text"}, "roles": None},
            ]
        },
    )
    found = [member for page in read_members(services, f"{lms.url}/list?x=1") for member in page]
    assert found == [
        Member("4", "Alice Adams", ("Learner",)),
        Member("5", "Bob Brown", ("Learner",)),
        Member("8", "", (), ("g", "2")),
        Member("10", "", ()),
    ]


def test_members_are_narrowed_in_the_services_own_words(services: PlatformServices, lms: Lms) -> None:
    serve_pages(lms, {"members": []})
    role = "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"
    list(read_members(services, f"{lms.url}/list?x=1", role=role, link_id="a&b", with_groups=True))
    (call,) = lms.calls("/list")
    asked = dict(parse_qsl(urlsplit(call.path).query))
    assert asked == {"x": "1", "limit": "100", "role": role, "rlid": "a&b", "groups": "true"}
    assert call.headers["Accept"] == "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"


@pytest.mark.parametrize("body", [[], {}, {"members": {}}, 7, "x", None])
def test_what_is_no_roster_is_none(services: PlatformServices, lms: Lms, body: object) -> None:
    serve_pages(lms, body)
    with pytest.raises(ServiceFailed) as failed:
        list(read_members(services, f"{lms.url}/list"))
    assert not failed.value.permanent


def test_a_class_that_comes_in_one_piece_is_taken(services: PlatformServices, lms: Lms) -> None:
    crowd = [{"user_id": str(number), "name": "N" * 200, "roles": ["Learner"]} for number in range(10_000)]
    serve_pages(lms, {"members": crowd})
    assert sum(len(page) for page in read_members(services, f"{lms.url}/list")) == 10_000


def test_groups_that_have_an_id_and_a_name_are_read(services: PlatformServices, lms: Lms) -> None:
    listed = [{"id": "1", "name": "North"}, {"id": 2, "name": " South "}, {"id": "3"}, {"name": "No id"}, 7, {"id": []}]
    serve_pages(lms, {"groups": listed}, {"groups": [{"id": "x" * 300, "name": "Too long"}]})
    found = [group for page in read_groups(services, f"{lms.url}/list") for group in page]
    assert found == [CourseGroup("1", "North"), CourseGroup("2", "South")]


def test_results_come_page_by_page_and_without_asking_for_a_size(services: PlatformServices, lms: Lms) -> None:
    serve_pages(
        lms,
        [{"userId": "1", "resultScore": 1}],
        [{"userId": 2}, {"no": "user"}, 7],
        link=f"{lms.url}/column/results?page={{page}}Case",
    )
    found = [(result.user_id, result.score) for result in read_results(services, f"{lms.url}/column?type=1")]
    assert found == [("1", 1.0), ("2", None)]
    assert lms.calls("/column/results")[0].path == "/column/results?type=1"


def test_a_column_is_found_by_its_resource_id_whatever_else_the_platform_lists(
    services: PlatformServices, lms: Lms
) -> None:
    def item(number: int, **more: object) -> dict[str, object]:
        return {"id": f"{lms.url}/items/{number}", "label": "x", "scoreMaximum": 15, **more}

    serve_pages(
        lms,
        [
            item(1, resourceId="journal/j4"),
            item(2, resourceId="journal/j3", tag="another tool's"),
            {"id": "no address"},
        ],
        [7, item(3, resourceId="journal/j3", tag="partnerwise"), item(4, resourceId="journal/j3", tag="partnerwise")],
    )
    found = find_line_item(services, f"{lms.url}/list", "journal/j3")
    assert found is not None
    assert found.url == f"{lms.url}/items/3"
    assert find_line_item(services, f"{lms.url}/list", "journal/j9") is None


@pytest.mark.parametrize(
    ("reply", "wait"),
    [
        (Reply(429, {"Retry-After": "120"}), 120),
        (Reply(429), None),
        (Reply(403, {"X-Rate-Limit-Remaining": "0.0"}, b"403 Forbidden"), None),
        (Reply(403, {"X-Rate-Limit-Remaining": "-12.5"}), None),
        (Reply(403, {}, b"403 Forbidden (Rate Limit Exceeded)\n"), None),
    ],
    ids=["429", "429 without a time", "Canvas's header", "below zero", "Canvas's words"],
)
def test_a_platform_that_is_asked_too_much_says_so(
    services: PlatformServices, lms: Lms, reply: Reply, wait: int | None
) -> None:
    lms.serve = lambda _: reply
    with pytest.raises(RateLimited) as failed:
        read_all(services, f"{lms.url}/list")
    assert (failed.value.permanent, failed.value.retry_after) == (False, wait)


@pytest.mark.parametrize("headers", [{}, {"X-Rate-Limit-Remaining": "599.2"}, {"X-Rate-Limit-Remaining": "soon"}])
def test_any_other_403_is_a_refusal(services: PlatformServices, lms: Lms, headers: dict[str, str]) -> None:
    lms.serve = lambda _: Reply(403, headers, b"Forbidden")
    with pytest.raises(ServiceFailed) as failed:
        read_all(services, f"{lms.url}/list")
    assert failed.value.permanent
    assert not isinstance(failed.value, RateLimited)
