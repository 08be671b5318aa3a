"""Requests to pick activities, and to review one person's work (Deep Linking 2.0; Submission Review 1.0)."""

from lti_tool.lti.deep_linking.request import DL
from lti_tool.lti.launch.claims import AGS, LTI, RESOURCE_LINK, SUBMISSION_REVIEW
from tests.conformance.launches import Attempt, change
from tests.conformance.stage import LINK, PICKER, REVIEW
from tests.lti.cases import CONTEXT, ROLES, Change, both, drop, put, put_in

SETTINGS = DL + "deep_linking_settings"
MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership#"
MISSING, MALFORMED, INVALID = "claim_missing", "claim_malformed", "invalid_message"
KIND = LTI + "message_type"


def _without(*names: str) -> Change:
    return lambda claims, _: [claims[SETTINGS].pop(name) for name in names]


def _set(name: str, value: object) -> Change:
    return put_in(SETTINGS, name, value)


def _picks(
    name: str,
    *changes: Change,
    refused_for: str = "",
    opens: str = "course/picker",
    by_stranger: bool = False,
) -> Attempt:
    role = "" if refused_for else "trainer"
    return change(
        "picking",
        name,
        *changes,
        gets_in_as=role,
        refused_for=refused_for,
        person="tina",
        kind=PICKER,
        opens=opens,
        by_stranger=by_stranger,
    )


PICKING = [
    _picks("a request as Moodle sends it"),
    _picks("without context, title, text and data", drop(CONTEXT), _without("title", "text", "data")),
    _picks(
        "only what must be there",
        _without(
            "accept_multiple",
            "accept_lineitem",
            "accept_copy_advice",
            "accept_unsigned",
            "auto_create",
            "can_confirm",
            "title",
            "text",
            "data",
        ),
    ),
    _picks("booleans that are words", _set("accept_multiple", "true"), _set("accept_lineitem", "false")),
    _picks("media types as one text", _set("accept_media_types", "image/*,text/html")),
    _picks("data with letters of any kind", _set("data", '{"a": "<é&\\"\u2028"}')),
    _picks("a resource link beside", put(LTI + "resource_link", {"id": "9"})),
    _picks("no settings", drop(SETTINGS), refused_for=MISSING),
    _picks("settings that are null", put(SETTINGS, None), refused_for=MISSING),
    _picks("settings that are a list", put(SETTINGS, ["x"]), refused_for=MALFORMED),
    _picks("settings that are empty", put(SETTINGS, {}), refused_for=MISSING),
    _picks("nowhere to answer", _without("deep_link_return_url"), refused_for=MISSING),
    _picks("an answer that runs a script", _set("deep_link_return_url", "javascript:alert(1)"), refused_for=MALFORMED),
    _picks("an answer by plain http", _set("deep_link_return_url", "http://lms.example.com/"), refused_for=MALFORMED),
    _picks(
        "an answer with a password in its address",
        _set("deep_link_return_url", "https://a:b@lms.example.com/"),
        refused_for=MALFORMED,
    ),
    _picks(
        "an answer with a line break in its address",
        _set("deep_link_return_url", "https://lms.example.com/\r\nx"),
        refused_for=MALFORMED,
    ),
    _picks(
        "an answer that is a list", _set("deep_link_return_url", ["https://lms.example.com/"]), refused_for=MALFORMED
    ),
    _picks("no kinds of content", _without("accept_types"), refused_for=MISSING),
    _picks("kinds of content that are one text", _set("accept_types", "ltiResourceLink"), refused_for=MALFORMED),
    _picks("takes files only", _set("accept_types", ["file"]), refused_for=INVALID),
    _picks("no way to show a link", _without("accept_presentation_document_targets"), refused_for=MISSING),
    _picks(
        "an empty list of ways to show a link", _set("accept_presentation_document_targets", []), refused_for=INVALID
    ),
    _picks("data that is an object", _set("data", {"a": 1}), refused_for=MALFORMED),
    _picks("data beyond all measure", _set("data", "x" * 20_001), refused_for=MALFORMED),
    _picks("data that no database stores", _set("data", "a\x00b"), refused_for=MALFORMED),
    _picks("nobody in particular", drop("sub"), refused_for="anonymous_launch"),
    _picks("no roles", drop(ROLES), refused_for=MISSING),
    _picks("no deployment", drop(LTI + "deployment_id"), refused_for=MISSING),
    _picks("no version", drop(LTI + "version"), refused_for="wrong_version"),
    _picks("another target", put(LTI + "target_link_uri", "https://other.example.com/"), refused_for="wrong_target"),
    _picks("signed by a stranger", refused_for="bad_signature", by_stranger=True),
    change(
        "picking",
        "a usual launch that calls itself a request to pick",
        put(KIND, "LtiDeepLinkingRequest"),
        refused_for=MISSING,
    ),
    change(
        "picking",
        "a request to pick that calls itself a usual launch",
        put(KIND, RESOURCE_LINK),
        kind=PICKER,
        person="tina",
        refused_for=MISSING,
    ),
]


def _reviews(
    name: str,
    *changes: Change,
    gets_in_as: str = "trainer",
    refused_for: str = "",
    opens: str = "desk/pieces/j3/",
    person: str = "tina",
) -> Attempt:
    role = "" if refused_for else gets_in_as
    return change(
        "reviewing", name, *changes, gets_in_as=role, refused_for=refused_for, person=person, kind=REVIEW, opens=opens
    )


FOR_USER = LTI + "for_user"
REVIEWING = [
    _reviews("a teacher, for a student"),
    _reviews("for somebody whom the tool has not met", put(FOR_USER, {"user_id": "not met yet", "name": "Bob Brown"})),
    _reviews("a student, for that student", gets_in_as="trainee", opens="journal/j3", person="alice"),
    _reviews("without a resource link", drop(LTI + "resource_link")),
    _reviews("of a whole column", drop(FOR_USER), opens="desk/pieces/j3"),
    _reviews("of a whole column, written as PHP writes nothing", put(FOR_USER, []), opens="desk/pieces/j3"),
    _reviews(
        "of a whole column, by a student", drop(FOR_USER), gets_in_as="trainee", opens="journal/j3", person="alice"
    ),
    _reviews("for somebody without an id", put(FOR_USER, {"name": "Bob Brown"}), refused_for=MISSING),
    _reviews("for an id that is a number", put(FOR_USER, {"user_id": 4}), refused_for=MALFORMED),
    _reviews("for a list of people", put(FOR_USER, [{"user_id": "4"}]), refused_for=MALFORMED),
    _reviews("without gradebook", drop(AGS), refused_for=INVALID),
    _reviews("without column", lambda claims, _: claims[AGS].pop("lineitem"), refused_for=INVALID),
    _reviews("a teacher nobody knows", drop("sub"), refused_for="anonymous_launch"),
    _reviews("signed by nobody", lambda _, header: header.update(alg="none"), refused_for="algorithm_refused"),
    change(
        "reviewing",
        "a usual launch that says whose work it is about",
        put(FOR_USER, {"user_id": "4"}),
        gets_in_as="trainer",
        person="tina",
        opens="desk/?prompt=j3",
        kind=LINK,
    ),
    change(
        "reviewing",
        "a request about privacy, which is not taken",
        put(KIND, "DataPrivacyLaunchRequest"),
        drop(LTI + "resource_link", CONTEXT),
        put(FOR_USER, {"user_id": "4"}),
        refused_for="unknown_message",
    ),
    change("reviewing", "another letter case", put(KIND, SUBMISSION_REVIEW.lower()), refused_for="unknown_message"),
    change(
        "reviewing",
        "an observer, for that observer",
        both(put(ROLES, [MEMBERSHIP + "Mentor"])),
        gets_in_as="observer",
        kind=REVIEW,
        opens="not-shown",
    ),
]

MESSAGES = [*PICKING, *REVIEWING]
