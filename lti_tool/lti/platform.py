"""A registered platform as the protocol sees it (LTI Security Framework 1.0, 5.1.1.1)."""

from dataclasses import dataclass

from lti_tool.lti.products import Product, find_product


@dataclass(frozen=True, slots=True)
class Platform:
    """One client at one platform: who issues its tokens and where its endpoints are.

    ``token_audience`` is who its token service wants assertions to be for, where that is not ``token_url``:
    Brightspace asks for an address of its own. ``product`` is the family code in small letters, such as moodle.
    """

    issuer: str
    client_id: str
    auth_url: str
    token_url: str
    jwks_url: str
    token_audience: str = ""
    product: str = ""

    @property
    def profile(self) -> Product:
        """What is known of its product."""
        return find_product(self.product, self.auth_url)
