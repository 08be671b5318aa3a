"""Dynamic registration from our side: asks the platform, then writes down what came of it (LTI DR 1.0, 3)."""

import json
from dataclasses import dataclass
from threading import BoundedSemaphore

from sqlalchemy.orm import Session

from lti_tool.lti.errors import RegistrationRefused, ServiceFailed
from lti_tool.lti.network.deadlines import within
from lti_tool.lti.network.outbound import Outbound
from lti_tool.lti.products import find_product
from lti_tool.lti.registration.dynamic import PlatformMetadata, Registered, read_metadata, read_registered
from lti_tool.lti.registration.tool_description import SCOPES, ToolDescription, known, registration_request
from lti_tool.platforms.audit_trail import by_invitation
from lti_tool.platforms.errors import ConnectingOthers, RegistrationFailed
from lti_tool.platforms.models import Registration
from lti_tool.platforms.registrations.invitations import find_invitation, use_invitation
from lti_tool.platforms.registrations.records import Allowances, add_registration, is_registered

AT_ONCE, LONGEST = 2, 30.0
"""How many platforms are asked at the same time, in one process, and for how many seconds each."""


@dataclass(frozen=True)
class Agreement:
    """What the platform and the tool have agreed on."""

    platform: PlatformMetadata
    registered: Registered

    @property
    def services(self) -> dict[str, bool]:
        """Which services we may use, by our short names; where the platform does not say, those that were asked for."""
        granted = self.registered.scopes or frozenset(known(SCOPES.values(), self.platform.scopes))
        return {name: scope in granted for name, scope in SCOPES.items()}


class Connecting:
    """Asks platforms, a few at a time, and each for a while: one that hangs must not keep people from their courses."""

    def __init__(self, outbound: Outbound, *, at_once: int = AT_ONCE, longest: float = LONGEST) -> None:
        self._outbound = outbound
        self._places = BoundedSemaphore(at_once)
        self._longest = longest

    def agree(self, tool: ToolDescription, configuration_url: str, registration_token: str) -> Agreement:
        """Read what the platform is and register there. Calls the network twice.

        Raises RegistrationFailed, or ConnectingOthers where as many are being asked as may be.
        """
        if not self._places.acquire(blocking=False):
            raise ConnectingOthers("no place")
        try:
            with within(self._longest):
                return _agree(self._outbound, tool, configuration_url, registration_token)
        finally:
            self._places.release()


def _agree(outbound: Outbound, tool: ToolDescription, configuration_url: str, registration_token: str) -> Agreement:
    headers = {"Authorization": f"Bearer {registration_token}"} if registration_token else {}
    try:
        described = outbound.get(configuration_url, accept="application/json", headers=headers)
        platform = read_metadata(described.json(), configuration_url)
        answer = outbound.post(
            platform.registration_url,
            json.dumps(registration_request(tool, platform)).encode(),
            content_type="application/json",
            accept="application/json",
            headers=headers,
        )
        return Agreement(platform, read_registered(answer.json()))
    except (ServiceFailed, RegistrationRefused) as failed:
        raise RegistrationFailed(str(failed)) from failed


def write_down(session: Session, secret: str, agreement: Agreement) -> Registration:
    """Keep the agreement as a registration, and spend the invitation on it."""
    invitation = find_invitation(session, secret)
    platform, registered = agreement.platform, agreement.registered
    # One host may serve many schools: nobody may take over what another one registered.
    if is_registered(session, platform.issuer, registered.client_id):
        raise RegistrationFailed("the client id is registered already")
    registration = add_registration(
        session,
        platform.platform(registered.client_id),
        registered.deployment_id,
        invitation.label,
        Allowances(
            product=platform.product,
            # Without a deployment named here, the first launch is how we learn of it.
            accepts_new_deployments=registered.deployment_id is None or find_product(platform.product).deploys_later,
        ),
        by=by_invitation(invitation.id),
    )
    use_invitation(session, invitation, registration)
    return registration
