"""Finds out where a host really is, and keeps the tool's calls and tokens out of private networks."""

import ipaddress
import socket

from lti_tool.lti.errors import ServiceFailed

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# Not every supported Python counts these as special: site-local addresses (RFC 3879), segment routing (RFC 9602),
# documentation (RFC 9637) and relays from IPv6 to IPv4 (RFC 7526).
_SPECIAL = tuple(map(ipaddress.ip_network, ("fec0::/10", "5f00::/16", "3fff::/20", "192.88.99.0/24")))


def allowed_addresses(host: str, port: int, *, encrypted: bool, allow_private: bool) -> list[str]:
    """The addresses of ``host`` that may be called, in the resolver's order.

    Public addresses over https; loopback too, and over plain http only loopback, where ``allow_private``.
    Raises ServiceFailed: temporary if the name does not resolve, permanent if it leads only to addresses
    that are not allowed.
    """
    found = resolve(host, port)
    allowed = [
        text
        for text in found
        if (encrypted and is_public(ipaddress.ip_address(text)))
        or (allow_private and ipaddress.ip_address(text).is_loopback)
    ]
    if not allowed:
        raise ServiceFailed("address_not_allowed", permanent=True)
    return allowed


def resolve(host: str, port: int) -> list[str]:
    """All addresses of a host, each once."""
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        raise ServiceFailed("host_not_found", permanent=False) from problem
    return list(dict.fromkeys(str(answer[4][0]).partition("%")[0] for answer in answers))


def is_public(address: Address) -> bool:
    """Whether the address is one of the public internet, also where it wraps an IPv4 address in an IPv6
    one.
    """
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address in _NAT64:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address.sixtofour is not None or address.teredo is not None:
            return False  # tunnels to anywhere; no platform lives there
    if any(address in network for network in _SPECIAL):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved
