"""Launches that depend on what the operator allows, on whose audience a token is for, and on roles."""

from typing import Any

from lti_tool.lti.launch.claims import AGS, LTI, NRPS
from tests.conformance.launches import Attempt, change
from tests.conformance.stage import OTHERS_DEPLOYMENT
from tests.lti.cases import CONTEXT, LINK, PERSONAL, ROLES, Change, both, drop, later, put, put_in, shift

OTHER = "https://other.example.com"
FRIEND = "https://friend.example.com"
VOCABULARY = "http://purl.imsglobal.org/vocab/lis/v2/"
SHOWN = LTI + "launch_presentation"
MALFORMED = "claim_malformed"
MEMBERS = "context_memberships_url"
MEMBERSHIP = VOCABULARY + "membership#"
INSTITUTION = VOCABULARY + "institution/person#"
SYSTEM = VOCABULARY + "system/person#"


def audience(*others: str, azp: bool | str = False, own: bool = True) -> Change:
    """Further audiences first, and who it was issued to."""

    def change(claims: dict[str, Any], _: dict[str, Any]) -> None:
        mine = claims["aud"]
        claims["aud"] = [*others, mine] if own else list(others)
        if azp:
            claims["azp"] = mine if azp is True else azp

    return change


def _anonymous(name: str, *changes: Change, gets_in_as: str = "", refused_for: str = "", **settings: object) -> Attempt:
    return change(
        "nobody in particular", name, *changes, gets_in_as=gets_in_as, refused_for=refused_for, registration=settings
    )


NOBODY = drop("sub", *PERSONAL)
ANONYMOUS = [
    _anonymous("no subject where the registration does not allow it", NOBODY, refused_for="anonymous_launch"),
    _anonymous("no subject where the registration allows it", NOBODY, gets_in_as="trainee", allows_anonymous=True),
    _anonymous("a null subject where it is allowed", put("sub", None), gets_in_as="trainee", allows_anonymous=True),
    _anonymous("an empty subject where it is allowed", put("sub", ""), gets_in_as="trainee", allows_anonymous=True),
    _anonymous(
        "a malformed subject is no anonymous one", put("sub", 4), refused_for="claim_malformed", allows_anonymous=True
    ),
    _anonymous(
        "all other rules hold for nobody, too", both(NOBODY, later(-600)),
        refused_for="token_expired", allows_anonymous=True,
    ),
]  # fmt: skip


def _audience(name: str, how: Change, refused_for: str = "", trusted: str = FRIEND) -> Attempt:
    passes = "" if refused_for else "trainee"
    return change(
        "audiences", name, how, gets_in_as=passes, refused_for=refused_for, registration={"trusted_audiences": trusted}
    )  # fmt: skip


AUDIENCES = [
    _audience("also for somebody trusted, issued to this client", audience(FRIEND, azp=True)),
    _audience("for this client twice", lambda claims, _: claims.update(aud=[claims["aud"]] * 2)),
    _audience("two further ones, both trusted", audience(FRIEND, OTHER, azp=True), trusted=f"{FRIEND}\n{OTHER}"),
    _audience("also for somebody trusted, not saying to whom", audience(FRIEND), "wrong_authorized_party"),
    _audience("issued to the trusted one", audience(FRIEND, azp=FRIEND), "wrong_authorized_party"),
    _audience("one further is trusted, another not", audience(FRIEND, OTHER, azp=True), "wrong_audience"),
    _audience("only for somebody trusted", audience(FRIEND, own=False), "wrong_audience"),
    _audience("only for somebody trusted, issued to this client",
              audience(FRIEND, own=False, azp=True), "wrong_audience"),
    _audience("part of a trusted name", audience("https://friend", azp=True), "wrong_audience"),
    _audience("azp that is no text", put("azp", 1), "wrong_authorized_party"),
    _audience("an empty azp", put("azp", ""), "wrong_authorized_party"),
]  # fmt: skip


def _deployment(name: str, value: object, refused_for: str = "", *, new: bool = False) -> Attempt:
    passes = "" if refused_for else "trainee"
    return change(
        "deployments",
        name,
        put(LTI + "deployment_id", value),
        gets_in_as=passes,
        refused_for=refused_for,
        registration={"accepts_new_deployments": new},
    )


DEPLOYMENTS = [
    _deployment("a new one, where new ones are refused", "new", "unknown_deployment"),
    _deployment("a new one, where new ones are taken in", "new", new=True),
    _deployment("one of another registered LMS", OTHERS_DEPLOYMENT, "unknown_deployment"),
    _deployment("another LMS's id, where new ones are taken in", OTHERS_DEPLOYMENT, new=True),
    _deployment("a number, where new ones are taken in", 2, "claim_malformed", new=True),
    _deployment("null, where new ones are taken in", None, "claim_missing", new=True),
    _deployment("an overlong one, where new ones are taken in", "1" * 256, "claim_malformed", new=True),
    _deployment("a list with the right one", ["1"], "claim_malformed"),
]


def _time(name: str, how: Change, refused_for: str = "") -> Attempt:
    return change("clocks", name, how, gets_in_as="" if refused_for else "trainee", refused_for=refused_for)


def _expires(seconds: int) -> Change:
    return shift("exp", "iat", seconds)


CLOCKS = [
    _time("2 minutes and 50 seconds over", both(later(-240), _expires(70))),
    _time("3 minutes and a half over", both(later(-240), _expires(30)), "token_expired"),
    _time("3 minutes and a half early", later(210), "token_from_the_future"),
    _time("times with fractions", both(put("exp", 4102444800.5), shift("iat", "iat", -0.5))),
    _time("starts to be valid in 2 minutes", shift("nbf", "iat", 120)),
    _time("starts to be valid in 10 minutes", shift("nbf", "iat", 600), "token_from_the_future"),
    _time("a start that is text", put("nbf", "now"), "claim_malformed"),
    _time("an hour old and good for a day", both(later(-3600), _expires(86400))),
    _time("two hours old and good for a day", both(later(-7200), _expires(86400)), "token_too_old"),
    _time("no number at all", put("iat", float("nan")), "claim_malformed"),
    _time("expired before it was issued", shift("exp", "iat", -600), "token_expired"),
]  # fmt: skip


def _role(name: str, role: str, *given: object) -> Attempt:
    return change("roles", name, put(ROLES, list(given)), gets_in_as=role)


def _stands_in(name: str, role: str, *given: object) -> Attempt:
    setting = {"institution_roles": True}
    return change("roles", f"{name}, where these count", put(ROLES, list(given)), gets_in_as=role, registration=setting)


ROLE_CASES = [
    _role("a teacher of the course", "trainer", MEMBERSHIP + "Instructor"),
    _role("a teaching assistant, as a sub-role", "trainer", VOCABULARY + "membership/Instructor#TeachingAssistant"),
    _role("a guest, as a sub-role of learner", "trainee", VOCABULARY + "membership/Learner#GuestLearner"),
    _role("a writer of courses", "trainer", MEMBERSHIP + "ContentDeveloper"),
    _role("a parent or mentor", "observer", MEMBERSHIP + "Mentor"),
    _role("a mentor who also learns", "trainee", MEMBERSHIP + "Mentor", MEMBERSHIP + "Learner"),
    _role("a teacher of the school who learns here", "trainee", MEMBERSHIP + "Learner", INSTITUTION + "Instructor"),
    _role("an administrator who learns here", "trainee", MEMBERSHIP + "Learner", SYSTEM + "Administrator"),
    _role("an administrator and nothing else", "administrator", SYSTEM + "Administrator"),
    _role("an administrator of the school", "administrator", INSTITUTION + "Administrator"),
    _role("a teacher of the school and nothing here", "observer", INSTITUTION + "Instructor"),
    _stands_in("a student of the school and nothing here", "trainee", INSTITUTION + "Student"),
    _stands_in("a teacher of the school and nothing here", "trainer", INSTITUTION + "Instructor"),
    _stands_in("a teacher of the school who learns here", "trainee", MEMBERSHIP + "Learner", INSTITUTION + "Faculty"),
    _role("a short name", "trainee", "Learner"),
    _role("a short name of nobody", "observer", "instructor"),
    _role("a role of another vocabulary that ends alike", "observer", "http://example.com/membership#Instructor"),
    _role("a role with something before it", "observer", "x" + MEMBERSHIP + "Instructor"),
    _role("a test student", "trainee", MEMBERSHIP + "Learner",
          "http://purl.imsglobal.org/vocab/lti/system/person#TestUser"),
    _role("a Canvas test student", "trainee", MEMBERSHIP + "Learner", SYSTEM + "TestUser"),
    _role("two hundred roles", "trainee", *[f"{MEMBERSHIP}Learner#{number}" for number in range(200)],
          MEMBERSHIP + "Learner"),
]  # fmt: skip


def _withheld(name: str, *changes: Change, refused_for: str = "") -> Attempt:
    passes = "" if refused_for else "trainee"
    return change("what may be absent or odd", name, *changes, gets_in_as=passes, refused_for=refused_for)


OPTIONAL = [
    _withheld("no name and no e-mail address", drop(*PERSONAL)),
    _withheld("names that are null", *(put(name, None) for name in PERSONAL)),
    _withheld("names that are objects", *(put(name, {"a": 1}) for name in PERSONAL)),
    _withheld("a name of 5,000 letters", put("name", "Å" * 5000)),
    _withheld("a name with control characters and half a letter", put("name", "Al\x00ice\ud800\u202e")),
    _withheld("a title in another script", put_in(CONTEXT, "title", "Γονείς και σχολείο 👪")),
    _withheld("a title that is a script", put_in(CONTEXT, "title", "<script>alert(1)</script>")),
    _withheld("no context and no services", drop(CONTEXT, AGS, NRPS)),
    _withheld("a context that is null", put(CONTEXT, None)),
    _withheld("custom values that are numbers", put(LTI + "custom", {"activity": 3, "n": 1.5, "l": [], "none": None})),
    _withheld("custom that is a list", put(LTI + "custom", [])),
    _withheld("a way back that runs a script", put_in(SHOWN, "return_url", "javascript:alert(1)")),
    _withheld("a language that nobody speaks", put_in(SHOWN, "locale", "xx-" + "y" * 300)),
    _withheld("a link's title that is null", put_in(LINK, "title", None)),
    _withheld("a link's id that is a number", put_in(LINK, "id", 1), refused_for=MALFORMED),
    _withheld("a line item that is no address", put_in(AGS, "lineitem", "javascript:alert(1)")),
    _withheld("a roster that is no address", put_in(NRPS, MEMBERS, "file:///etc/passwd")),
    _withheld("services that offer nothing", put(AGS, {}), put(NRPS, {})),
]  # fmt: skip

BY_SETTING_AND_ROLE = [*ANONYMOUS, *AUDIENCES, *DEPLOYMENTS, *CLOCKS, *ROLE_CASES, *OPTIONAL]
