"""Good tokens made bad in every way that chance finds, and what may still be let in of them.

A `Mutation` is a plain value that hypothesis draws and shrinks; `apply` makes a token of it. A token that the
platform's own key signed may still be a good launch (a changed title harms nobody): `tests/lti/harmless.py` says so.
Every other token must be refused.
"""

import copy
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from lti_tool.lti.launch.claims import AGS, LTI, NRPS
from tests.fixtures.choosing import tries
from tests.lti.cases import CONTEXT, LINK, Json
from tests.lti.forging import encode, forge, seal

TRIED: Final = int(os.environ.get("PARTNERWISE_MUTATED_TOKENS") or tries(1_000, thorough=10_000))
"""How many mutated tokens a run of the tests tries in all; `make sure` asks for 10,000."""
OVER_HTTP: Final = 0.05
"""The part of them that goes over HTTP through the running tool; the rest goes to the function that it calls."""
DROP: Final = "(left out)"


@dataclass(frozen=True)
class Keys:
    """Who signs: the platform under this key id, or somebody else."""

    kid: str
    platform: RSAPrivateKey
    stranger: RSAPrivateKey


@dataclass(frozen=True)
class Mutated:
    """A token, and what is signed in it, None where the platform did not sign it as it stands."""

    token: str
    signed: Json | None = None
    header: Json | None = None


@dataclass(frozen=True)
class Mutation:
    """One way to spoil a token, and what chance chose for it."""

    kind: str
    choice: Any


numbers = st.integers() | st.floats() | st.sampled_from([10**400, -1, 2**63, 0, 1e308])
texts = st.text(max_size=40) | st.text(st.characters(categories=["Cs", "Cc", "Cf"]), max_size=3)
huge = st.sampled_from(["x" * 300, "é" * 5000, "0" * 20_000, "\x00" * 300])
scalars = st.none() | st.booleans() | numbers | texts | huge
json_values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)
TOP = ["iss", "aud", "sub", "nonce", "iat", "exp", "nbf", "azp", "name", "email", "locale"]
INSIDE = {
    CONTEXT: ["id", "title", "type"],
    LINK: ["id", "title", "description"],
    AGS: ["lineitem", "lineitems", "scope"],
    NRPS: ["context_memberships_url", "service_versions"],
    LTI + "launch_presentation": ["return_url", "locale", "document_target"],
    LTI + "tool_platform": ["guid", "name", "product_family_code"],
    LTI + "custom": ["activity", "placement"],
}
OURS = ["version", "message_type", "deployment_id", "target_link_uri", "roles", "for_user"]
paths = st.sampled_from(
    [(name,) for name in (*TOP, *(LTI + name for name in OURS), *INSIDE)]
    + [(name, member) for name, members in INSIDE.items() for member in members]
)
members = st.lists(st.tuples(paths, st.just(DROP) | json_values), min_size=1, max_size=3)
HEADER = ["alg", "kid", "typ", "jku", "jwk", "x5u", "x5c", "crit", "b64", "zip", "enc"]
places = st.floats(0, 1, exclude_max=True)

strangers = st.tuples(st.sampled_from(["stranger", "none", "HS256", "noise"]), members, st.binary(max_size=300))
ways_to_write = st.sampled_from(["cut", "swap", "pad", "base64", "upper", "twice", "reversed"])
letters = st.tuples(places, st.sampled_from(["change", "leave out", "put in"]), st.characters(max_codepoint=255))
header_members = st.tuples(st.sampled_from(HEADER), st.just(DROP) | json_values)

MUTATIONS: Final[dict[str, tuple[float, st.SearchStrategy[Any]]]] = {
    "claims dropped, retyped, nested or huge": (0.35, members),
    "members of the claims twice": (0.1, st.tuples(st.sampled_from(TOP), json_values, st.booleans())),
    "headers": (0.15, st.lists(header_members, min_size=1, max_size=2)),
    "signatures of other keys": (0.1, strangers),
    "claims changed under the old signature": (0.1, members),
    "segments cut, swapped or written otherwise": (0.1, st.tuples(st.permutations(range(3)), places, ways_to_write)),
    "letters changed, left out or put in": (0.07, letters),
    "any text": (0.03, st.text() | st.text("abcdefXYZ019-_.=", max_size=60)),
}
"""Every kind, with its part of all that are tried."""


def mutations(kind: str) -> st.SearchStrategy[Mutation]:
    """Mutations of one kind."""
    return MUTATIONS[kind][1].map(lambda choice: Mutation(kind, choice))


def every_mutation() -> st.SearchStrategy[Mutation]:
    """Mutations of all kinds."""
    return st.sampled_from(list(MUTATIONS)).flatmap(mutations)


def so_many(part: float) -> settings:
    """Settings for a part of all that are tried."""
    quiet = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much]
    return settings(max_examples=max(1, round(TRIED * part)), deadline=None, database=None, suppress_health_check=quiet)


def apply(mutation: Mutation, claims: Json, keys: Keys) -> Mutated:
    """The token that becomes of a good launch with these claims."""
    header: Json = {"alg": "RS256", "typ": "JWT", "kid": keys.kid}
    return _APPLIERS[mutation.kind](mutation.choice, claims, header, keys)


def _changed(claims: Json, changes: list[tuple[tuple[str, ...], Any]]) -> Json:
    changed = copy.deepcopy(claims)
    for path, value in changes:
        place = changed if len(path) == 1 else changed.get(path[0])
        if not isinstance(place, dict):
            continue
        if value == DROP:
            place.pop(path[-1], None)
        else:
            place[path[-1]] = value
    return changed


def _claims(changes: Any, claims: Json, header: Json, keys: Keys) -> Mutated:
    changed = _changed(claims, changes)
    return Mutated(forge(changed, header, keys.platform), changed, header)


def _twice(choice: Any, claims: Json, header: Json, keys: Keys) -> Mutated:
    name, value, last = choice
    more, good = json.dumps({name: value})[1:-1], json.dumps(claims)[1:-1]
    text = "{" + (f"{good}, {more}" if last else f"{more}, {good}") + "}"
    return Mutated(seal(text.encode(), header, keys.platform), json.loads(text), header)


def _headers(changes: Any, claims: Json, header: Json, keys: Keys) -> Mutated:
    changed = _changed(header, [((name,), value) for name, value in changes])
    return Mutated(forge(claims, changed, keys.platform), claims, changed)


def _stranger(choice: Any, claims: Json, header: Json, keys: Keys) -> Mutated:
    how, changes, noise = choice
    changed = _changed(claims, changes)
    if how == "noise":
        start = forge(claims, header, keys.stranger).rpartition(".")[0]
        return Mutated(f"{start}.{encode(noise)}")
    algorithm = header if how == "stranger" else {**header, "alg": how}
    return Mutated(forge(changed, algorithm, keys.stranger if how == "stranger" else keys.platform))


def _unsigned(changes: Any, claims: Json, header: Json, keys: Keys) -> Mutated:
    changed = _changed(claims, changes)
    start, _, signature = forge(claims, header, keys.platform).split(".")
    body = encode(json.dumps(changed).encode())
    same = json.dumps(changed) == json.dumps(claims)
    return Mutated(f"{start}.{body}.{signature}", claims if same else None, header)


def _segments(choice: Any, claims: Json, header: Json, keys: Keys) -> Mutated:
    order, place, how = choice
    good = forge(claims, header, keys.platform)
    parts = good.split(".")
    which = order[0]
    part = parts[which]
    written: dict[str, Callable[[], str]] = {
        "cut": lambda: part[: int(place * len(part))],
        "pad": lambda: part + "=" * (1 + which),
        "base64": lambda: part.replace("-", "+").replace("_", "/") + "+",
        "upper": part.upper,
        "twice": lambda: part + part,
        "reversed": lambda: part[::-1],
        "swap": lambda: part,
    }
    parts[which] = written[how]()
    token = ".".join(parts[number] for number in order) if how == "swap" else ".".join(parts)
    return Mutated(token, claims if token == good else None, header)


def _letters(choice: Any, claims: Json, header: Json, keys: Keys) -> Mutated:
    place, how, letter = choice
    good = forge(claims, header, keys.platform)
    at = int(place * (len(good) - 1))  # the last one has bits that mean nothing
    end = at if how == "put in" else at + 1
    token = good[:at] + ("" if how == "leave out" else letter) + good[end:]
    return Mutated(token, claims if token == good else None, header)


def _text(token: str, *_: object) -> Mutated:
    return Mutated(token)


_APPLIERS: Final[dict[str, Callable[[Any, Json, Json, Keys], Mutated]]] = dict(
    zip(MUTATIONS, (_claims, _twice, _headers, _stranger, _unsigned, _segments, _letters, _text), strict=True)
)
