"""Line items: which column of which gradebook an activity's scores go to (AGS 2.0, 3.1)."""

from sqlalchemy import ColumnElement, case, select, update
from sqlalchemy.orm import Session

from lti_tool.database import upsert
from lti_tool.lti.launch.claims import SUBMISSION_REVIEW
from lti_tool.lti.launch.verification import Launch as LaunchMessage
from lti_tool.lti.services.line_items import LINE_ITEM_SCOPE
from lti_tool.people.models import Context, ResourceLink
from lti_tool.platforms.launches.open_launches import link_of
from lti_tool.platforms.models import Launch
from lti_tool.scores.models import LineItem


def remember_line_item(session: Session, launch: Launch, message: LaunchMessage) -> None:
    """Keep the gradebook that the platform offers, and the column that it named for this link.

    A launch that names none changes nothing. A review whose address does not say what it opens is of the activity
    whose column it names.
    """
    offered = message.ags
    if offered is None:
        return
    launch.context.grade_scopes = " ".join(sorted(offered.scopes))
    if offered.lineitems:
        launch.context.lineitems_url = offered.lineitems
    if offered.lineitem and message.message_type == SUBMISSION_REVIEW:
        launch.activity = _activity_of(session, launch.context_id, offered.lineitem) or launch.activity
    elif offered.lineitem:
        _keep(session, launch, offered.lineitem)


def _keep(session: Session, launch: Launch, url: str) -> None:
    link = link_of(session, launch.id)
    known = find_line_item(session, launch.context_id, launch.activity, link)
    if known is not None and (known.url, known.link) == (url, link):
        return
    keys = {"context_id": launch.context_id, "activity": launch.activity, "link": link}
    if known is not None and known.link == "":
        # The platform's own column takes the place of one that a worker made or is making, for the first of its links.
        free = update(LineItem).where(LineItem.id == known.id, LineItem.link == "").values(link=link)
        session.execute(free.execution_options(synchronize_session=False))
    values = {"url": url, "maximum": None, "claim": "", "claimed_until": None}
    upsert(session, LineItem, keys, {"registration_id": launch.registration_id, **values})


def find_line_item(session: Session, context_id: int, activity: str, link: str = "") -> LineItem | None:
    """The column of this activity in this course, where the platform has one or the worker is making it.

    The activity may stand there more than once: then it is the column of this link, else one that belongs to no link,
    else that of the first link that has one.
    """
    wanted = select(LineItem).where(LineItem.context_id == context_id, LineItem.activity == activity)
    best = case((LineItem.link == link, 0), (LineItem.link == "", 1), else_=2)
    return session.scalar(wanted.order_by(best, LineItem.url == "", LineItem.id).limit(1))


def want_line_item(
    session: Session, *, context_id: int, registration_id: int, activity: str, link: str, label: str, maximum: float
) -> LineItem | None:
    """The column of this activity and link, made by the worker where there is none yet; nothing where it may not.

    `label` is what the course calls the activity. The platform's own column keeps that name beside it, too.
    """
    found = find_line_item(session, context_id, activity, link)
    if found is None and not may_make_line_items(session.get_one(Context, context_id)):
        return None
    # Two at once make one row; whoever comes second changes nothing in it.
    keys = {"context_id": context_id, "activity": activity, "link": ""}
    column = found or upsert(session, LineItem, keys, {"registration_id": registration_id})
    if not column.label:
        _fill(session, column, LineItem.label == "", label=name_of(session, column, label))
    if not column.url and column.maximum is None:
        _fill(session, column, LineItem.url == "", LineItem.maximum.is_(None), maximum=maximum)
    return column


def _fill(session: Session, column: LineItem, *still: ColumnElement[bool], **values: object) -> None:
    # Only where that still holds: a launch may bring the platform's own column at any moment.
    filling = update(LineItem).where(LineItem.id == column.id, *still).values(**values)
    session.execute(filling.execution_options(synchronize_session="fetch"))


def name_of(session: Session, column: LineItem, label: str = "") -> str:
    """What the course page calls the column's activity, else `label`, else the kind of activity and its number."""
    named = select(ResourceLink.title).where(
        ResourceLink.context_id == column.context_id,
        ResourceLink.activity == column.activity,
        ResourceLink.title != "",
    )
    kind, _, number = column.activity.partition("/")
    title = session.scalar(named.order_by(ResourceLink.lti_id != column.link, ResourceLink.id).limit(1))
    return title or label or f"{kind.capitalize()} {number.upper()}".strip()


def may_make_line_items(context: Context) -> bool:
    """Whether the platform lets us add columns to this course's gradebook."""
    return bool(context.lineitems_url) and LINE_ITEM_SCOPE in context.grade_scopes.split()


def _activity_of(session: Session, context_id: int, url: str) -> str | None:
    wanted = select(LineItem.activity).where(LineItem.context_id == context_id, LineItem.url == url)
    return session.scalar(wanted.order_by(LineItem.id).limit(1))
