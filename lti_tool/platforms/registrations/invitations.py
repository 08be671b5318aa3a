"""Invitations to register a platform: given out by the operator, good for one platform and one day."""

import secrets
from datetime import timedelta

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from lti_tool.database import now
from lti_tool.errors import BadInput
from lti_tool.platforms.audit_trail import OPERATOR, write_down
from lti_tool.platforms.errors import InvitationExpired, InvitationNotValid, InvitationUsed
from lti_tool.platforms.launches.login_attempts import hash_secret
from lti_tool.platforms.models import Invitation, Registration
from lti_tool.security_log import Event

LIFETIME = timedelta(hours=24)
LONGEST_LABEL = 200


def invite(session: Session, label: str) -> str:
    """Give out an invitation for the platform that the operator calls `label`; returns its secret, kept as a hash."""
    wanted = " ".join(label.split())
    if not wanted or len(wanted) > LONGEST_LABEL:
        raise BadInput(f"the label must have 1 to {LONGEST_LABEL} characters")
    secret = secrets.token_urlsafe(32)
    session.add(Invitation(secret_hash=hash_secret(secret), label=wanted, expires_at=now() + LIFETIME))
    write_down(session, Event.INVITATION_GIVEN, by=OPERATOR)
    return secret


def find_invitation(session: Session, secret: str) -> Invitation:
    """The invitation with this secret while it works; raises InvitationNotValid, or which kind of it."""
    found = session.scalar(select(Invitation).where(Invitation.secret_hash == hash_secret(secret)))
    if found is None:
        raise InvitationNotValid("unknown")
    if found.used_at is not None:
        raise InvitationUsed("used")
    if found.expires_at < now():
        raise InvitationExpired("expired")
    return found


def use_invitation(session: Session, invitation: Invitation, registration: Registration) -> None:
    """Spend the invitation on this registration; of two at the same moment the second gets InvitationUsed."""
    spent: CursorResult[tuple[()]] = session.execute(  # type: ignore[assignment]
        update(Invitation)
        .where(Invitation.id == invitation.id, Invitation.used_at.is_(None))
        .values(used_at=now(), registration_id=registration.id)
    )
    if spent.rowcount != 1:
        raise InvitationUsed("at the same moment")
