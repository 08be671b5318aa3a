"""A platform with its key, and the valid launch of Alice Adams that it could send, as Moodle 4.5 words it."""

import copy
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey, generate_private_key

from lti_tool.lti.errors import UnknownKey
from lti_tool.lti.keys import ToolKey
from lti_tool.lti.launch.claims import AGS, LTI, NRPS, RESOURCE_LINK
from lti_tool.lti.launch.verification import Launch, verify_launch
from lti_tool.lti.network.outbound import Outbound
from lti_tool.lti.platform import Platform
from lti_tool.lti.services.calls import PlatformServices
from lti_tool.lti.services.tokens import AccessTokens
from tests.lti.cases import Case, Json
from tests.lti.clock import Clock
from tests.lti.far_side import Asked, FarSide, Reply, far_side
from tests.lti.forging import forge
from tests.lti.lms import Lms

ISSUER = "https://lms.example.com"
TARGET = "https://tool.example.com/activities/unit/m1u1"
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SERVICES = f"{ISSUER}/mod/lti/services.php"

PLATFORM = Platform(
    issuer=ISSUER,
    client_id="PFn0leSLqFfXouH",
    auth_url=f"{ISSUER}/mod/lti/auth.php",
    token_url=f"{ISSUER}/mod/lti/token.php",
    jwks_url=f"{ISSUER}/mod/lti/certs.php",
)

CLAIMS: Json = {
    "iss": ISSUER,
    "aud": PLATFORM.client_id,
    "sub": "4",
    "nonce": "the-nonce-of-this-login",
    "iat": int(NOW.timestamp()),
    "exp": int(NOW.timestamp()) + 60,
    "name": "Alice Adams",
    "given_name": "Alice",
    "family_name": "Adams",
    "email": "alice@example.com",
    LTI + "version": "1.3.0",
    LTI + "message_type": RESOURCE_LINK,
    LTI + "deployment_id": "1",
    LTI + "target_link_uri": TARGET,
    LTI + "roles": ["http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"],
    LTI + "context": {
        "id": "2",
        "label": "PE101",
        "title": "Parental Engagement 101",
        "type": ["CourseSection"],
    },
    LTI + "resource_link": {"id": "1", "title": "Definitions", "description": "The first unit"},
    LTI + "launch_presentation": {
        "locale": "en",
        "document_target": "iframe",
        "return_url": f"{ISSUER}/mod/lti/return.php?course=2&sesskey=secret",
    },
    LTI + "tool_platform": {
        "guid": "093a3b5cf7cb606f85daee5f76f190a3",
        "name": "PEM",
        "product_family_code": "moodle",
        "version": "2024100706",
    },
    LTI + "custom": {"activity": "unit/m1u1", "start": ""},
    AGS: {
        "scope": ["https://purl.imsglobal.org/spec/lti-ags/scope/score"],
        "lineitems": f"{SERVICES}/2/lineitems?type_id=1",
        "lineitem": f"{SERVICES}/2/lineitems/2/lineitem?type_id=1",
    },
    NRPS: {
        "context_memberships_url": f"{SERVICES}/CourseSection/2/bindings/1/memberships",
        "service_versions": ["1.0", "2.0"],
    },
}


@dataclass
class KnownKeys:
    """A key set in memory that knows one platform's one key."""

    keys: Mapping[str, RSAPublicKey]
    asked: list[str] = field(default_factory=list)

    def key(self, jwks_url: str, kid: str) -> RSAPublicKey:
        self.asked.append(jwks_url)
        if jwks_url != PLATFORM.jwks_url or kid not in self.keys:
            raise UnknownKey
        return self.keys[kid]


@pytest.fixture(scope="session")
def platform_key() -> RSAPrivateKey:
    return generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(scope="session")
def strangers_key() -> RSAPrivateKey:
    return generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture
def keys(platform_key: RSAPrivateKey) -> KnownKeys:
    return KnownKeys({"k1": platform_key.public_key()})


@pytest.fixture
def claims() -> Json:
    return copy.deepcopy(CLAIMS)


@pytest.fixture
def header() -> Json:
    return {"alg": "RS256", "typ": "JWT", "kid": "k1"}


Verify = Callable[..., Launch]


@pytest.fixture
def verify(keys: KnownKeys) -> Verify:
    """Verifies a token as an answer to the login it was made for; keywords change that login."""

    def verify(token: str, **changes: Any) -> Launch:
        expected: dict[str, Any] = {
            "platform": PLATFORM,
            "nonce": CLAIMS["nonce"],
            "deployments": {"1"},
            "target_link_uri": TARGET,
            "keys": keys,
            "now": NOW,
        }
        return verify_launch(token, **(expected | changes))

    return verify


@pytest.fixture
def launch_case(
    claims: Json, header: Json, verify: Verify, platform_key: RSAPrivateKey, strangers_key: RSAPrivateKey
) -> Callable[[Case], Launch]:
    """Launches a case: gives the launch or raises the refusal."""

    def launch(case: Case) -> Launch:
        case.change(claims, header)
        return verify(forge(claims, header, strangers_key if case.by_stranger else platform_key))

    return launch


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def lms() -> Iterator[Lms]:
    with far_side() as side:
        lms = Lms(side.url)
        side.asked = lms.asked

        def answer(asked: Asked) -> Reply:
            if asked.path != "/token":
                reply: Reply = lms.serve(asked)
                return reply
            lms.granted += 1
            grant = {"access_token": f"token-{lms.granted}", "token_type": "Bearer", "expires_in": lms.lifetime}
            return Reply(body=json.dumps(grant).encode())

        side.answer = answer
        yield lms


@pytest.fixture(scope="module")
def tool_key() -> ToolKey:
    return ToolKey.generate()


@pytest.fixture
def services(lms: Lms, tool_key: ToolKey, clock: Clock) -> PlatformServices:
    outbound = Outbound(allow_private=True, read=1, total=1)
    platform = Platform("https://lms.example.com", "client 1", "", f"{lms.url}/token", "")
    return PlatformServices(platform, AccessTokens(outbound, tool_key, clock), outbound)


@pytest.fixture
def line_item(lms: Lms) -> str:
    return f"{lms.url}/2/lineitems/2/lineitem?type_id=1"


@pytest.fixture
def platform() -> Iterator[FarSide]:
    with far_side() as side:
        yield side


@pytest.fixture
def outbound() -> Outbound:
    return Outbound(allow_private=True, connect=1, read=0.4, total=1)
