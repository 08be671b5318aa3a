"""Which role somebody has in a course, by what their platform sends: its product, or what the operator has set."""

from collections.abc import Iterable

from lti_tool.lti.products import find_product
from lti_tool.lti.roles import role_of
from lti_tool.people.models import Role
from lti_tool.platforms.models import Registration
from lti_tool.platforms.registrations.clients import Client


def stand_in(registration: Registration) -> bool:
    """Whether roles in the institution count where none in the course is named."""
    return _stand_in(registration.institution_roles, registration.product, registration.auth_url)


def role_at(client: Client, product: str, roles: Iterable[str]) -> Role:
    """The role of somebody who comes through this client; `product` is what the launch itself says, if it does."""
    platform = client.platform
    by_institution = _stand_in(client.institution_roles, product or platform.product, platform.auth_url)
    return Role(role_of(roles, by_institution=by_institution))


def _stand_in(setting: bool | None, product: str, auth_url: str) -> bool:
    return find_product(product, auth_url).sends_institution_roles_only if setting is None else setting
