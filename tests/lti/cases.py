"""Launches that must pass and launches that must be refused, as changes to any valid launch.

`certification` are the twelve bad and eighteen valid ones of the certification suite, `beyond_certification` what
else has been seen to get through elsewhere. A case changes the claims and the header of a valid resource link
launch in place, whoever made it, so the same cases serve the protocol's tests and those over HTTP. Sign the result
with `tests.lti.forging.forge`, with the platform's key, or with a stranger's where `by_stranger`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lti_tool.lti import errors
from lti_tool.lti.launch.claims import LTI

Json = dict[str, Any]
Change = Callable[[Json, Json], object]

ROLES = LTI + "roles"
CONTEXT = LTI + "context"
LINK = LTI + "resource_link"
VOCABULARY = "http://purl.imsglobal.org/vocab/lis/v2/"
PERSONAL = ("name", "given_name", "family_name", "email", "picture")


@dataclass(frozen=True)
class Case:
    """One launch: `refusal` is what it must be refused with, None if it must pass."""

    name: str
    change: Change
    refusal: type[errors.LaunchRefused] | None = None
    by_stranger: bool = False

    @property
    def is_good(self) -> bool:
        return self.refusal is None

    def __str__(self) -> str:
        return self.name


def put(name: str, value: object) -> Change:
    return lambda claims, _: claims.__setitem__(name, value)


def drop(*names: str) -> Change:
    return lambda claims, _: [claims.pop(name, None) for name in names]


def put_in(name: str, member: str, value: object) -> Change:
    return lambda claims, _: claims.__setitem__(name, {**claims[name], member: value})


def header(name: str, value: object) -> Change:
    return lambda _, head: head.__setitem__(name, value)


def later(seconds: int) -> Change:
    """The platform's clock is ahead (or, below zero, behind) by so much."""

    def change(claims: Json, _: Json) -> None:
        claims["iat"] += seconds
        claims["exp"] += seconds

    return change


def shift(name: str, source: str, seconds: float) -> Change:
    """One time, so many seconds after another."""
    return lambda claims, _: claims.__setitem__(name, claims[source] + seconds)


def also_for(other: object, *, first: bool = False) -> Change:
    """A further audience, after or before the right one."""
    return lambda claims, _: claims.update(aud=[other, claims["aud"]] if first else [claims["aud"], other])


def both(*changes: Change) -> Change:
    def change(claims: Json, head: Json) -> None:
        for one in changes:
            one(claims, head)

    return change


def _only(*kept: str) -> Change:
    return drop(*(name for name in PERSONAL if name not in kept))


def _nothing_of_lti(claims: Json, _: Json) -> None:
    for name in [name for name in claims if name.startswith("https://purl.imsglobal.org/")]:
        del claims[name]


def _no_launch_at_all(claims: Json, _: Json) -> None:
    claims.clear()
    claims["name"] = "badltilaunch"


def _valid(person: str, principal: str, other: str) -> list[Case]:
    full = VOCABULARY + "membership#" + principal
    several = [full, VOCABULARY + "membership#" + other, VOCABULARY + "institution/person#" + other]
    as_person = put(ROLES, [full])

    def case(name: str, *changes: Change) -> Case:
        return Case(f"{name}, as {person}", both(as_person, *changes))

    return [
        case("a normal launch"),
        case("several roles", put(ROLES, several)),
        case("a short role name", put(ROLES, [principal])),
        case("an unknown role", put(ROLES, ["http://example.com/roles#Navigator"])),
        case("an empty list of roles", put(ROLES, [])),
        case("an e-mail address and no name", _only("email")),
        case("names and no e-mail address", _only("name", "given_name", "family_name")),
        case("no personal data", _only()),
        case("an e-mail address and no context", _only("email"), drop(CONTEXT)),
    ]


VALID = [*_valid("a teacher", "Instructor", "Mentor"), *_valid("a student", "Learner", "Mentor")]

BAD = [
    Case("no key id", lambda _, head: head.pop("kid"), errors.KeyIdMissing),
    Case("an incorrect key id", header("kid", "imaginary"), errors.UnknownKey),
    Case("the wrong version", put(LTI + "version", "11.3"), errors.WrongVersion),
    Case("no version", drop(LTI + "version"), errors.WrongVersion),
    Case("an invalid message", _no_launch_at_all, errors.WrongIssuer),
    Case("all claims of LTI missing", _nothing_of_lti, errors.WrongVersion),
    Case("bad times", both(put("iat", 11111), put("exp", 22222)), errors.TokenExpired),
    Case("no message type", drop(LTI + "message_type"), errors.ClaimMissing),
    Case("no roles claim", drop(ROLES), errors.ClaimMissing),
    Case("no deployment id", drop(LTI + "deployment_id"), errors.ClaimMissing),
    Case("no resource link id", lambda claims, _: claims[LINK].pop("id"), errors.ClaimMissing),
    Case("no subject", drop("sub"), errors.AnonymousLaunch),
]

certification = [*BAD, *VALID]

_OTHER = "https://other.example.com"
YEAR = 31_536_000  # seconds

beyond_certification = [
    Case("a clock 3 minutes ahead", later(180)),
    Case("a clock 3 minutes behind", later(-180)),
    Case("the audience as a list of one", lambda claims, _: claims.update(aud=[claims["aud"]])),
    Case("azp names this client", lambda claims, _: claims.update(azp=claims["aud"])),
    Case("claims that nobody knows", put("https://example.com/claim/weather", {"sun": True})),
    Case("a token of another platform", put("iss", _OTHER), errors.WrongIssuer),
    Case("no issuer", drop("iss"), errors.WrongIssuer),
    Case("a token that answers another login", put("nonce", "of-another-login"), errors.WrongNonce),
    Case("no nonce", drop("nonce"), errors.WrongNonce),
    Case("signed by another key under this key's id", drop(), errors.BadSignature, by_stranger=True),
    Case("for another client", put("aud", "other"), errors.WrongAudience),
    Case("no audience", drop("aud"), errors.WrongAudience),
    Case("an empty audience", put("aud", []), errors.WrongAudience),
    Case("an audience that is no string", also_for(1), errors.WrongAudience),
    Case("also for somebody else", also_for(_OTHER), errors.WrongAudience),
    Case("first for somebody else", also_for(_OTHER, first=True), errors.WrongAudience),
    Case("issued to another client", put("azp", "other"), errors.WrongAuthorizedParty),
    Case("a clock 10 minutes ahead", later(600), errors.TokenFromTheFuture),
    Case("a clock 10 minutes behind", later(-600), errors.TokenExpired),
    Case("no expiry", drop("exp"), errors.ClaimMissing),
    Case("no time of issue", drop("iat"), errors.ClaimMissing),
    Case("issued ten years ago", shift("iat", "iat", -10 * YEAR), errors.TokenTooOld),
    Case("expiry as text", put("exp", "4102444800"), errors.ClaimMalformed),
    Case("expiry as true", put("exp", True), errors.ClaimMalformed),
    Case("an endless expiry", put("exp", float("inf")), errors.ClaimMalformed),
    Case("an expiry beyond all numbers", put("exp", 10**400), errors.ClaimMalformed),
    Case("not valid before next year", shift("nbf", "iat", YEAR), errors.TokenFromTheFuture),
    Case("another target", put(LTI + "target_link_uri", f"{_OTHER}/desk"), errors.WrongTarget),
    Case("no target", drop(LTI + "target_link_uri"), errors.ClaimMissing),
    Case("a deployment that is not registered", put(LTI + "deployment_id", "999"), errors.UnknownDeployment),
    Case("a message of no known type", put(LTI + "message_type", "LtiDanceRequest"), errors.UnknownMessage),
    Case("a message type that is a list", put(LTI + "message_type", []), errors.UnknownMessage),
    Case("roles as a string", put(ROLES, "Instructor"), errors.ClaimMalformed),
    Case("roles that are numbers", put(ROLES, [1, 2]), errors.ClaimMalformed),
    Case("a context without an id", lambda claims, _: claims[CONTEXT].pop("id"), errors.ClaimMissing),
    Case("a context that is a list", put(CONTEXT, ["2"]), errors.ClaimMalformed),
    Case("no resource link", drop(LINK), errors.ClaimMissing),
    Case("an overlong subject", put("sub", "4" * 256), errors.ClaimMalformed),
    Case("an overlong context id", put_in(CONTEXT, "id", "2" * 256), errors.ClaimMalformed),
    Case("an overlong resource link id", put_in(LINK, "id", "1" * 256), errors.ClaimMalformed),
    Case("an overlong deployment id", put(LTI + "deployment_id", "1" * 256), errors.ClaimMalformed),
    Case("a subject that is not ASCII", put("sub", "alicé"), errors.ClaimMalformed),
    Case("a subject with a line break", put("sub", "4\n5"), errors.ClaimMalformed),
    Case("a subject that is a number", put("sub", 4), errors.ClaimMalformed),
    Case("an empty subject", put("sub", ""), errors.AnonymousLaunch),
    Case("signed with the public key as a secret", header("alg", "HS256"), errors.AlgorithmRefused),
    Case("not signed", header("alg", "none"), errors.AlgorithmRefused),
    Case("another RSA algorithm", header("alg", "RS512"), errors.AlgorithmRefused),
    Case("no algorithm", lambda _, head: head.pop("alg"), errors.AlgorithmRefused),
    Case("a list of algorithms", header("alg", ["RS256"]), errors.AlgorithmRefused),
    Case("a key set of its own", header("jku", f"{_OTHER}/jwks"), errors.HeaderRefused),
    Case("a certificate of its own", header("x5u", f"{_OTHER}/certificate"), errors.HeaderRefused),
    Case("a key of its own", header("jwk", {"kty": "RSA", "e": "AQAB", "n": "AQAB"}), errors.HeaderRefused),
    Case("a critical extension", header("crit", ["b64"]), errors.HeaderRefused),
    Case("a key id that is a number", header("kid", 1), errors.KeyIdMissing),
    Case("an empty key id", header("kid", ""), errors.KeyIdMissing),
    Case("an overlong key id", header("kid", "k" * 256), errors.KeyIdMissing),
]  # fmt: skip
