"""Encrypted calls go to the checked address but name and verify the host."""

import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from lti_tool.lti.errors import ServiceFailed
from lti_tool.lti.network.outbound import Outbound
from tests.lti.far_side import FarSide, far_side
from tests.lti.outside import dribble, lead

HOST = "lms.example.com"


def certificate(key: RSAPrivateKey) -> x509.Certificate:
    """A certificate for HOST that is its own authority."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )


@pytest.fixture
def authority(platform_key: RSAPrivateKey, tmp_path: Path) -> Path:
    path = tmp_path / "authority.pem"
    path.write_bytes(certificate(platform_key).public_bytes(Encoding.PEM))
    return path


@pytest.fixture
def names() -> list[str | None]:
    """The host names that TLS asked for (SNI)."""
    return []


@pytest.fixture
def platform(
    platform_key: RSAPrivateKey, authority: Path, tmp_path: Path, names: list[str | None]
) -> Iterator[FarSide]:
    key = tmp_path / "key.pem"
    key.write_bytes(platform_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority, key)
    context.sni_callback = lambda _, name, __: names.append(name)
    with far_side(context) as side:
        yield side


@pytest.fixture
def outbound(authority: Path) -> Outbound:
    outbound = Outbound(allow_private=True, connect=1, read=1, total=1)
    outbound._session.verify = str(authority)
    return outbound


def at(host: str, platform: FarSide) -> str:
    return platform.url.replace("127.0.0.1", host)


def test_tls_and_the_host_header_name_the_host_although_the_address_is_pinned(
    outbound: Outbound, platform: FarSide, names: list[str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    lead(monkeypatch, HOST, "127.0.0.1")
    assert outbound.get(at(HOST, platform), accept="a/b").status == 200
    assert names == [HOST]
    assert platform.asked[0].headers["Host"].startswith(f"{HOST}:")


def test_a_certificate_of_another_host_is_not_trusted(
    outbound: Outbound, platform: FarSide, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead(monkeypatch, "other.example.com", "127.0.0.1")
    with pytest.raises(ServiceFailed) as failed:
        outbound.get(at("other.example.com", platform), accept="a/b")
    assert (failed.value.reason, failed.value.permanent) == ("not_trusted", False)
    assert platform.asked == []


def test_a_certificate_of_an_unknown_authority_is_not_trusted(
    platform: FarSide, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead(monkeypatch, HOST, "127.0.0.1")
    with pytest.raises(ServiceFailed) as failed:
        Outbound(allow_private=True).get(at(HOST, platform), accept="a/b")
    assert failed.value.reason == "not_trusted"
    assert platform.asked == []


def test_a_platform_that_dribbles_its_handshake_is_cut_off(outbound: Outbound) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def handshake() -> None:
            connected, _ = server.accept()
            with connected:
                try:
                    for piece in dribble(b"\x16\x03\x03\x40\x00"):
                        connected.sendall(piece)
                except OSError:
                    return

        thread = threading.Thread(target=handshake)
        thread.start()
        with pytest.raises(ServiceFailed) as failed:
            outbound.get(f"https://127.0.0.1:{server.getsockname()[1]}/", accept="a/b")
        thread.join()
    assert (failed.value.reason, failed.value.permanent) == ("timed_out", False)
