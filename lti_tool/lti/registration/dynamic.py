"""Dynamic registration: reads what a platform is, says what this tool is, reads what came of it (LTI DR 1.0)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from lti_tool.lti.errors import RegistrationRefused
from lti_tool.lti.platform import Platform
from lti_tool.lti.products import PRODUCTS

PLATFORM: Final = "https://purl.imsglobal.org/spec/lti-platform-configuration"
TOOL: Final = "https://purl.imsglobal.org/spec/lti-tool-configuration"
ID_LIMIT, URL_LIMIT = 255, 2000

_FAMILIES: Final = tuple(product.hosts for product in PRODUCTS if product.hosts)
"""For all other platforms a host is the issuer's or the document's own."""


@dataclass(frozen=True, slots=True)
class PlatformMetadata:
    """What a platform says of itself; nothing in it is proved but that its own address served it."""

    issuer: str
    auth_url: str
    token_url: str
    jwks_url: str
    registration_url: str
    token_audience: str = ""
    """Who assertions are for, where that is not the token address (``authorization_server``)."""
    product: str = ""
    """Family code: moodle, canvas, desire2learn, BlackboardLearn, sakai …"""
    messages: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Placements of each kind of message that it sends."""
    variables: frozenset[str] = frozenset()
    scopes: frozenset[str] = frozenset()
    claims: frozenset[str] = frozenset()

    def platform(self, client_id: str) -> Platform:
        """The platform with the client id that it gave us."""
        return Platform(
            self.issuer, client_id, self.auth_url, self.token_url, self.jwks_url, token_audience=self.token_audience
        )


@dataclass(frozen=True, slots=True)
class Registered:
    """What the platform wrote down: the client id, the deployment where it names one, what it grants."""

    client_id: str
    deployment_id: str | None
    scopes: frozenset[str]
    messages: frozenset[str]


def read_metadata(document: object, configuration_url: str) -> PlatformMetadata:
    """The platform behind the OpenID configuration that was read from ``configuration_url``.

    Raises RegistrationRefused with the member's name where one is missing or an endpoint lies on a host that is
    neither the issuer's nor the document's: its tokens and ours would go to somebody else (LTI DR 1.0, 3.4).
    """
    if not isinstance(document, dict):
        raise RegistrationRefused("openid_configuration")
    issuer = _address(document, "issuer", ID_LIMIT)  # no login may have a longer one
    home = {_host(issuer), _host(configuration_url)}
    if not _are_one_family(home):
        raise RegistrationRefused("issuer")
    configuration = document.get(PLATFORM)
    told = configuration if isinstance(configuration, dict) else {}
    return PlatformMetadata(
        issuer=issuer,
        auth_url=_login_endpoint(document, home, configuration_url),
        token_url=_endpoint(document, "token_endpoint", home),
        jwks_url=_endpoint(document, "jwks_uri", home),
        registration_url=_endpoint(document, "registration_endpoint", home),
        token_audience=_audience(document, home),
        product=_text(told.get("product_family_code"), 50),
        messages=_messages(told.get("messages_supported")),
        variables=frozenset(_texts(told.get("variables"))),
        scopes=frozenset(_texts(document.get("scopes_supported"))),
        claims=frozenset(_texts(document.get("claims_supported"))),
    )


def read_registered(document: object) -> Registered:
    """What came of the request; raises RegistrationRefused where the answer names no client."""
    if not isinstance(document, dict):
        raise RegistrationRefused("answer")
    client_id = _text(document.get("client_id"), ID_LIMIT)
    if not client_id:
        raise RegistrationRefused("client_id")
    configuration = document.get(TOOL)
    told = configuration if isinstance(configuration, dict) else {}
    return Registered(
        client_id=client_id,
        deployment_id=_text(told.get("deployment_id"), ID_LIMIT) or None,
        scopes=frozenset(_text(document.get("scope"), 8192).split()),
        messages=frozenset(_messages(told.get("messages"))),
    )


def _messages(listed: object) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for entry in listed if isinstance(listed, list) else []:
        if isinstance(entry, dict) and (kind := _text(entry.get("type"), ID_LIMIT)):
            found[kind] = found.get(kind, ()) + tuple(_texts(entry.get("placements")))
    return found


def _endpoint(document: Mapping[str, object], name: str, home: Iterable[str]) -> str:
    address = _address(document, name)
    if not any(_are_one_family({_host(address), host}) for host in home):
        raise RegistrationRefused(name)
    return address


def _login_endpoint(document: Mapping[str, object], home: Iterable[str], configuration_url: str) -> str:
    # Only browsers go there, so that Outbound never refuses it: over plain http anybody on the way could answer.
    address = _endpoint(document, "authorization_endpoint", home)
    if urlsplit(address).scheme != "https" and urlsplit(configuration_url).scheme == "https":
        raise RegistrationRefused("authorization_endpoint")
    return address


def _address(document: Mapping[str, object], name: str, limit: int = URL_LIMIT) -> str:
    # Whether it may be called at all (https, public) is Outbound's part: it refuses when it is called.
    address = _text(document.get(name), limit)
    if not _host(address):
        raise RegistrationRefused(name)
    return address


def _audience(document: Mapping[str, object], home: Iterable[str]) -> str:
    # Canvas names a bare host here, and yet wants assertions that are for its token address.
    if not _host(_text(document.get("authorization_server"), URL_LIMIT)):
        return ""
    # Who gets an assertion that is for another platform can hand it in there, and has our token for that one.
    return _endpoint(document, "authorization_server", home)


def _host(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return (parts.hostname or "") if parts.scheme in {"http", "https"} and "@" not in parts.netloc else ""


def _are_one_family(hosts: set[str]) -> bool:
    """Whether all of them are one host, or hosts of one of the services that are known to use several."""
    if len(hosts) == 1:
        return True
    return any(all(_is_below(host, family) for host in hosts) for family in _FAMILIES)


def _is_below(host: str, domains: Iterable[str]) -> bool:
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


def _text(value: object, limit: int) -> str:
    usable = isinstance(value, str) and len(value) <= limit and value.isprintable()
    return value if usable and isinstance(value, str) else ""


def _texts(value: object) -> list[str]:
    return [text for one in value if (text := _text(one, ID_LIMIT))] if isinstance(value, list) else []
