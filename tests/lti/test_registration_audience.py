"""Whom a platform may name as the one that our assertions are for, when it registers itself (LTI DR 1.0, 3.4)."""

import pytest

from lti_tool.lti.errors import RegistrationRefused
from lti_tool.lti.registration.dynamic import read_metadata


def description(host: str, audience: str) -> dict[str, str]:
    """What the platform at this host says of itself."""
    names = ("authorization_endpoint", "token_endpoint", "jwks_uri", "registration_endpoint")
    addresses = {name: f"https://{host}/{name}" for name in names}
    return {"issuer": f"https://{host}", **addresses, "authorization_server": audience}


def test_nobody_gets_an_assertion_that_is_for_another_platform() -> None:
    hostile = description("evil.example", "https://lms.school.example/token")
    with pytest.raises(RegistrationRefused):
        read_metadata(hostile, "https://evil.example/openid")


@pytest.mark.parametrize(
    ("host", "audience", "kept"),
    [
        ("lms.school.example", "https://lms.school.example/authority", "https://lms.school.example/authority"),
        ("school.brightspace.com", "https://api.brightspace.com/auth/token", "https://api.brightspace.com/auth/token"),
        ("canvas.instructure.com", "canvas.instructure.com", ""),
    ],
)
def test_a_platform_names_itself_or_one_of_its_family(host: str, audience: str, kept: str) -> None:
    assert read_metadata(description(host, audience), f"https://{host}/openid").token_audience == kept
