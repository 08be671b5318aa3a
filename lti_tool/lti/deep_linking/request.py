"""What a platform takes from the picker, and where it wants the answer (Deep Linking 2.0, 4.4.1)."""

import ipaddress
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final, Self
from urllib.parse import urlsplit

from lti_tool.lti.errors import ClaimMalformed, ClaimMissing
from lti_tool.lti.launch.claim_values import (
    Claims,
    clean,
    optional_object,
    optional_text,
    optional_url,
    required_strings,
    usable_strings,
)

DL: Final = "https://purl.imsglobal.org/spec/lti-dl/claim/"
DATA_LIMIT = 20_000  # characters of `data`, which we must give back exactly


@dataclass(frozen=True, slots=True)
class PickingSettings:
    """What the platform takes. ``takes_line_items`` is None where it does not say; ``data`` goes back as it is."""

    return_url: str
    types: tuple[str, ...]
    targets: tuple[str, ...]
    media_types: tuple[str, ...] = ()
    several: bool = False
    takes_line_items: bool | None = None
    data: str | None = None
    title: str | None = None
    text: str | None = None

    def as_json(self) -> dict[str, Any]:
        """As it is kept while somebody picks."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """What `as_json` gave."""
        lists = {name: tuple(kept[name]) for name in ("types", "targets", "media_types")}
        return cls(**{**kept, **lists})

    @property
    def wants_line_items(self) -> bool:
        """Whether to send them: only a clear no means that they are ignored (4.4.1, accept_lineitem)."""
        return self.takes_line_items is not False

    def takes_target(self, *names: str) -> bool:
        """Whether the platform can show a link in one of these ways."""
        return any(name in self.targets for name in names)


def read_settings(claims: Claims, *, insecure_loopback: bool = False) -> PickingSettings:
    """The settings of a deep linking request; raises ClaimMissing or ClaimMalformed.

    The answer is a signed statement, so it goes to https addresses only; in development (``insecure_loopback``)
    also over plain http to this machine.
    """
    settings = optional_object(claims, DL + "deep_linking_settings")
    if settings is None:
        raise ClaimMissing("deep_linking_settings")
    return PickingSettings(
        return_url=_return_url(settings, insecure_loopback),
        types=required_strings(settings, "accept_types"),
        targets=required_strings(settings, "accept_presentation_document_targets"),
        media_types=_media_types(settings),
        several=_flag(settings, "accept_multiple") is True,
        takes_line_items=_flag(settings, "accept_lineitem"),
        data=_data(settings),
        title=optional_text(settings, "title"),
        text=optional_text(settings, "text"),
    )


def _return_url(settings: Claims, insecure_loopback: bool) -> str:
    url = optional_url(settings, "deep_link_return_url")
    if url is None:
        raise ClaimMissing("deep_link_return_url")
    address = urlsplit(url)
    if address.scheme != "https" and not (insecure_loopback and _is_loopback(address.hostname or "")):
        raise ClaimMalformed("deep_link_return_url")
    return url


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _flag(settings: Claims, name: str) -> bool | None:
    value = settings.get(name)
    if isinstance(value, str):  # some platforms write booleans as words
        return {"true": True, "false": False}.get(value.lower())
    return value if isinstance(value, bool) else None


def _media_types(settings: Claims) -> tuple[str, ...]:
    value = settings.get("accept_media_types")
    if isinstance(value, str):
        return tuple(filter(None, (one.strip() for one in value.split(","))))
    return usable_strings(settings, "accept_media_types")


def _data(settings: Claims) -> str | None:
    value = settings.get("data")
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > DATA_LIMIT or clean(value) != value:
        raise ClaimMalformed("data")  # what could not be kept could not be given back exactly
    return value
