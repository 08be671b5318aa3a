"""Copying: a course that the platform copied from another gets that one's prompts and settings, and nobody's work."""

import secrets
from collections.abc import Iterable
from contextlib import suppress

from sqlalchemy import CursorResult, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from lti_tool.course.models import PlacedActivity, WrittenPrompt
from lti_tool.course.placed_activities import find_placed, placed_in
from lti_tool.course.prompts import OWN, prompt_id_of, written_prompts
from lti_tool.database import Base, now
from lti_tool.people.models import Context, ResourceLink
from lti_tool.platforms.launches.copy_sources import Ancestry
from lti_tool.platforms.launches.creation import is_named
from lti_tool.platforms.models import Deployment, Launch


def copy_from_source(session: Session, launch: Launch, ancestry: Ancestry) -> None:
    """Bring over what the copied course had, once; afterwards only what a single link still lacks."""
    if ancestry == Ancestry():
        return
    placed = _placed_under(session, launch, ancestry.key) if ancestry.key else None
    if placed is not None and placed.context_id == launch.context_id:
        return
    source = session.get(Context, placed.context_id) if placed else _copied_from(session, launch, ancestry)
    if source is None or source.id == launch.context_id:
        return
    # Where the platform names no course, each link is one for us: then only the link's own settings come over.
    if is_named(source) and is_named(launch.context) and _is_first_copy(session, launch.context, source):
        _copy_prompts(session, launch.context_id, written_prompts(session, source.id))
        _copy_placed(session, launch.context_id, placed_in(session, source.id).values())
    elif placed:
        name = prompt_id_of(placed.activity)
        _copy_prompts(
            session, launch.context_id, (one for one in written_prompts(session, source.id) if one.name == name)
        )
        _copy_placed(session, launch.context_id, [placed])


def _placed_under(session: Session, launch: Launch, key: str) -> PlacedActivity | None:
    """The placed activity with this key, on this platform: another platform's keys open nothing."""
    wanted = (
        select(PlacedActivity)
        .join(Context, Context.id == PlacedActivity.context_id)
        .join(Deployment, Deployment.id == Context.deployment_id)
        .where(PlacedActivity.key == key, Deployment.registration_id == launch.registration_id)
    )
    return session.scalar(wanted)


def _copied_from(session: Session, launch: Launch, ancestry: Ancestry) -> Context | None:
    if launch.context.copied_from_id is not None or not is_named(launch.context):
        return None
    here = select(Context).join(Deployment, Deployment.id == Context.deployment_id)
    here = here.where(Deployment.registration_id == launch.registration_id, Context.id != launch.context_id)
    for name in ancestry.contexts:
        if found := session.scalar(here.where(Context.lti_id == name).order_by(Context.id.desc()).limit(1)):
            return found
    linked = here.join(ResourceLink, ResourceLink.context_id == Context.id).order_by(Context.id.desc()).limit(1)
    for name in ancestry.links:
        if found := session.scalar(linked.where(ResourceLink.lti_id == name)):
            return found
    return None


def _is_first_copy(session: Session, context: Context, source: Context) -> bool:
    """Whether this launch is the one that copies; of two at the same moment exactly one is."""
    claimed: CursorResult[tuple[()]] = session.execute(  # type: ignore[assignment]
        update(Context)
        .where(Context.id == context.id, Context.copied_from_id.is_(None))
        .values(copied_from_id=source.id)
    )
    return claimed.rowcount == 1


def _copy_prompts(session: Session, context_id: int, prompts: Iterable[WrittenPrompt]) -> None:
    known = {one.name for one in written_prompts(session, context_id)}
    for one in prompts:
        if one.name.startswith(OWN) and one.name not in known:
            copied = ("name", "title", "question", "words_min", "words_max", "points", "rubric")
            values = {name: getattr(one, name) for name in copied}
            _add(session, WrittenPrompt(context_id=context_id, origin_id=one.id, **values))


def _copy_placed(session: Session, context_id: int, placed: Iterable[PlacedActivity]) -> None:
    for one in placed:
        if find_placed(session, context_id, one.activity) is None:
            _add(session, _copy_of(one, context_id))


def _copy_of(placed: PlacedActivity, context_id: int) -> PlacedActivity:
    # Last year's times must not close this year's course: only those still to come are brought over.
    present = now()
    times = {name: getattr(placed, name) for name in ("opens_at", "due_at", "closes_at")}
    return PlacedActivity(
        key=secrets.token_urlsafe(16),
        context_id=context_id,
        activity=placed.activity,
        title=placed.title,
        points=placed.points,
        origin_id=placed.id,
        **{name: time for name, time in times.items() if time and time > present},
    )


def _add(session: Session, row: Base) -> None:
    # Within a savepoint: another launch of the same moment may have added it.
    with suppress(IntegrityError), session.begin_nested():
        session.add(row)
        session.flush()
