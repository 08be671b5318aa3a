"""Where the tool may call, and where it must not."""

import socket
from collections.abc import Callable
from ipaddress import ip_address

import pytest

from lti_tool.lti.errors import ServiceFailed
from lti_tool.lti.network.addresses import allowed_addresses, is_public

PUBLIC = ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:93.184.215.14", "64:ff9b::5db8:d70e"]
NOT_PUBLIC = [
    "127.0.0.1",
    "::1",
    "0.0.0.0",
    "::",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "192.0.2.1",
    "4000::1",
    "fe80::1",
    "fc00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::",
    "2001:0:53aa:64c:0:0:0:1",
    "fec0::1",
    "feff:ffff::1",
    "3fff::1",
    "3fff:fff::1",
    "5f00::1",
    "192.88.99.1",
    "::ffff:192.88.99.1",
]

Resolve = Callable[..., None]


@pytest.fixture
def resolve(monkeypatch: pytest.MonkeyPatch) -> Resolve:
    """Makes every name lead to these addresses."""

    def resolve(*addresses: str) -> None:
        answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in addresses]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers)

    return resolve


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_an_address_of_a_private_or_special_network_is_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_a_name_that_leads_into_a_private_network_is_refused_for_good(address: str, resolve: Resolve) -> None:
    resolve(address)
    with pytest.raises(ServiceFailed) as failed:
        allowed_addresses("lms.example.com", 443, encrypted=True, allow_private=False)
    assert (failed.value.reason, failed.value.permanent) == ("address_not_allowed", True)


def test_of_several_addresses_only_the_public_ones_are_called(resolve: Resolve) -> None:
    resolve("10.0.0.1", "93.184.215.14", "93.184.215.14", "127.0.0.1")
    found = allowed_addresses("lms.example.com", 443, encrypted=True, allow_private=False)
    assert found == ["93.184.215.14"]


def test_development_adds_loopback_and_nothing_else_private(resolve: Resolve) -> None:
    resolve("127.0.0.1", "10.0.0.1", "169.254.169.254", "::1")
    assert allowed_addresses("lms", 443, encrypted=True, allow_private=True) == ["127.0.0.1", "::1"]


def test_without_encryption_only_loopback_is_called(resolve: Resolve) -> None:
    resolve("93.184.215.14", "127.0.0.1")
    assert allowed_addresses("lms", 80, encrypted=False, allow_private=True) == ["127.0.0.1"]


def test_a_name_that_does_not_resolve_may_do_so_later(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(ServiceFailed) as failed:
        allowed_addresses("lms.example.com", 443, encrypted=True, allow_private=False)
    assert (failed.value.reason, failed.value.permanent) == ("host_not_found", False)
