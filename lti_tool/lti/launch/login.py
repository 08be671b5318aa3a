"""Reads a platform's request for a login and answers with a redirect (Security Framework 1.0, 5.1.1)."""

from dataclasses import dataclass
from typing import Protocol, Self
from urllib.parse import unquote_plus, urlencode, urlsplit, urlunsplit

from lti_tool.lti.errors import LoginMalformed
from lti_tool.lti.platform import Platform

ID_LIMIT = 255
URL_LIMIT = 2048
HINT_LIMIT = 8192  # opaque to us; some platforms put a whole signed token into a hint


class Parameters(Protocol):
    """The parameters of a request, each with all its values, as Flask's ``request.values`` has them."""

    def getlist(self, key: str, /) -> list[str]:
        """All values of one name, in order; empty if there are none."""


@dataclass(frozen=True, slots=True)
class LoginRequest:
    """A third-party-initiated login as the platform sent it; nothing in it is proved yet."""

    issuer: str
    login_hint: str
    target_link_uri: str
    client_id: str | None
    deployment_id: str | None
    message_hint: str | None
    storage_target: str | None

    @classmethod
    def from_params(cls, parameters: Parameters) -> Self:
        """The login request in the parameters of a GET or POST.

        Raises LoginMalformed with a parameter's name if it is missing, repeated, too long or not printable.
        """
        return cls(
            issuer=_required(parameters, "iss", ID_LIMIT),
            login_hint=_required(parameters, "login_hint", HINT_LIMIT),
            target_link_uri=_required(parameters, "target_link_uri", URL_LIMIT),
            client_id=_optional(parameters, "client_id", ID_LIMIT),
            deployment_id=_optional(parameters, "lti_deployment_id", ID_LIMIT),
            message_hint=_optional(parameters, "lti_message_hint", HINT_LIMIT),
            storage_target=_optional(parameters, "lti_storage_target", ID_LIMIT),
        )

    def as_params(self) -> dict[str, str]:
        """The same request again, for a browser that has to send it from another place."""
        sent = {
            "iss": self.issuer,
            "login_hint": self.login_hint,
            "target_link_uri": self.target_link_uri,
            "client_id": self.client_id,
            "lti_deployment_id": self.deployment_id,
            "lti_message_hint": self.message_hint,
            "lti_storage_target": self.storage_target,
        }
        return {name: value for name, value in sent.items() if value is not None}


def authorization_url(platform: Platform, login: LoginRequest, *, state: str, nonce: str, redirect_uri: str) -> str:
    """The address at the platform that answers the login with an id_token (OpenID Connect, implicit,
    form_post).

    What the registered address already has in its query stays, byte for byte, except names that the request
    itself sets.
    """
    ours = {
        "scope": "openid",
        "response_type": "id_token",
        "response_mode": "form_post",
        "prompt": "none",
        "client_id": platform.client_id,
        "redirect_uri": redirect_uri,
        "login_hint": login.login_hint,
        "state": state,
        "nonce": nonce,
    }
    if login.message_hint is not None:
        ours["lti_message_hint"] = login.message_hint
    address = urlsplit(platform.auth_url)
    kept = [pair for pair in address.query.split("&") if pair and _name_of(pair) not in ours]
    return urlunsplit(address._replace(query="&".join([*kept, urlencode(ours)]), fragment=""))


def _name_of(pair: str) -> str:
    return unquote_plus(pair.partition("=")[0])


def _required(parameters: Parameters, name: str, limit: int) -> str:
    value = _optional(parameters, name, limit)
    if value is None:
        raise LoginMalformed(name)
    return value


def _optional(parameters: Parameters, name: str, limit: int) -> str | None:
    values = parameters.getlist(name)
    if len(values) > 1:
        raise LoginMalformed(name)
    value = values[0] if values else ""
    if len(value) > limit or not value.isprintable():
        raise LoginMalformed(name)
    return value or None
