"""What this tool asks a platform for: messages, placements, claims and scopes (LTI DR 1.0, 3.5; Canvas's own form)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from lti_tool.lti.products import find_product
from lti_tool.lti.registration.dynamic import TOOL, PlatformMetadata

SCOPES: Final = {
    "lineitem": "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem",
    "score": "https://purl.imsglobal.org/spec/lti-ags/scope/score",
    "result": "https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly",
    "members": "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly",
    "groups": "https://purl.imsglobal.org/spec/lti-gs/scope/contextgroup.readonly",
}
CLAIMS: Final = ("iss", "sub", "name", "given_name", "family_name", "locale")
CUSTOM: Final = {
    "context_history": "$Context.id.history",
    "resource_link_history": "$ResourceLink.id.history",
}
"""What launches shall bring beside their claims: the courses and links that theirs was copied from."""

OPENING, PICKING, REVIEWING = "LtiResourceLinkRequest", "LtiDeepLinkingRequest", "LtiSubmissionReviewRequest"
_PICKER_PLACES: Final = ("ContentArea", "link_selection", "assignment_selection")
_MENU_PLACES: Final = ("course_navigation",)


@dataclass(frozen=True, slots=True)
class ToolDescription:
    """The tool as platforms show it; texts in English, and in other languages by their tags."""

    base_url: str
    name: str
    description: str
    picker_label: str
    names: Mapping[str, str]
    picker_labels: Mapping[str, str]

    @property
    def domain(self) -> str:
        """Host and port."""
        return urlsplit(self.base_url).netloc

    @property
    def icon_url(self) -> str:
        """A picture of the tool."""
        return f"{self.base_url}/lti/icon.svg"

    @property
    def target_url(self) -> str:
        """What a link without an address of its own opens: the whole course.

        Every link to the tool begins with it: some platforms know by that alone which tool a link belongs to.
        """
        return f"{self.base_url}/activities"

    @property
    def picker_url(self) -> str:
        """What opens the picker."""
        return f"{self.base_url}/activities/picker"


def registration_request(tool: ToolDescription, platform: PlatformMetadata) -> dict[str, Any]:
    """The body of the registration request: nothing in it that the platform says it does not know."""
    product = find_product(platform.product)
    return {
        "application_type": "web",
        "response_types": ["id_token"],
        "grant_types": ["client_credentials", "implicit"],
        "initiate_login_uri": f"{tool.base_url}/lti/login",
        "redirect_uris": [f"{tool.base_url}/lti/launch"],
        "client_name": tool.name,
        **(_in_languages("client_name", tool.names) if product.takes_translated_labels else {}),
        "client_uri": tool.base_url,
        "jwks_uri": f"{tool.base_url}/lti/jwks",
        "logo_uri": tool.icon_url,
        "token_endpoint_auth_method": "private_key_jwt",
        "scope": " ".join(known(SCOPES.values(), platform.scopes)),
        TOOL: {
            "domain": tool.domain,
            "description": tool.description,
            "target_link_uri": tool.target_url,
            "custom_parameters": _custom(platform),
            "claims": known(CLAIMS, platform.claims),
            "messages": _messages(tool, platform),
            **dict(product.registration_settings),
        },
    }


def known(wanted: Iterable[str], supported: frozenset[str]) -> list[str]:
    """What is wanted and supported; all of it where the platform does not say what it supports."""
    return [one for one in wanted if not supported or one in supported]


def _custom(platform: PlatformMetadata) -> dict[str, str]:
    return {
        name: variable
        for name, variable in CUSTOM.items()
        if not platform.variables or variable.removeprefix("$") in platform.variables
    }


def _messages(tool: ToolDescription, platform: PlatformMetadata) -> list[dict[str, Any]]:
    product = find_product(platform.product)
    picking = {
        "type": PICKING,
        "target_link_uri": tool.picker_url,
        "label": tool.picker_label,
        **(_in_languages("label", tool.picker_labels) if product.takes_translated_labels else {}),
        "icon_uri": tool.icon_url,
        **_placements(platform, PICKING, _PICKER_PLACES),
    }
    opening: dict[str, Any] = {"type": OPENING, "target_link_uri": tool.target_url, "label": tool.name}
    if product.course_menu_settings:
        opening |= {
            "icon_uri": tool.icon_url,
            **_placements(platform, OPENING, _MENU_PLACES),
            **dict(product.course_menu_settings),
        }
    listed = [opening, picking]
    if REVIEWING in platform.messages or product.sends_unannounced_reviews:
        listed.append({"type": REVIEWING})
    return [message for message in listed if _is_taken(message["type"], platform)]


def _is_taken(kind: str, platform: PlatformMetadata) -> bool:
    return not platform.messages or kind in platform.messages or kind in {OPENING, REVIEWING}


def _placements(platform: PlatformMetadata, kind: str, wanted: Iterable[str]) -> dict[str, list[str]]:
    offered = frozenset(platform.messages.get(kind, ()))
    chosen = known(wanted, offered) if offered else []
    return {"placements": chosen} if chosen else {}


def _in_languages(name: str, texts: Mapping[str, str]) -> dict[str, str]:
    """One member per language, `label#el` (OpenID Connect Dynamic Client Registration 1.0, 2.1)."""
    return {f"{name}#{language}": text for language, text in texts.items()}
