"""Activities that a trainer added with the tool's picker, and copies of the course with them."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.demo.course import BY_KEY, BY_LINK_ID, COURSE_ID, COURSE_TITLE, Activity, context_claim
from lti_tool.demo.errors import NotHere
from lti_tool.demo.models import AddedLink, Course, LineItem

FIRST_LINK = 100
"""Link ids of added activities begin after this, those of copied courses after the one course's own."""
FIRST_COPY = 10
PREFIX = "added-"
ICONS = {"unit": "unit", "journal": "journal", "roadmap": "roadmap", "desk": "desk"}


def add_link(session: Session, course_id: str, item: Mapping[str, Any], history: list[str] | None = None) -> AddedLink:
    """Put a content item on the course page, with its column in the gradebook where it asks for one."""
    link = AddedLink(course_id=course_id, item=dict(item), history=history or [])
    session.add(link)
    session.flush()
    column = item.get("lineItem")
    if isinstance(column, dict) and course_id == COURSE_ID:
        review = column.get("submissionReview")
        session.add(
            LineItem(
                label=str(column.get("label") or item.get("title", "")),
                score_maximum=float(column["scoreMaximum"]),
                link_id=link_id_of(link),
                resource_id=str(column.get("resourceId", "")),
                tag=str(column.get("tag", "")),
                review_url=str(review.get("url", "")) if isinstance(review, dict) else None,
                coupled=True,
            )
        )
    return link


def added_activities(session: Session, course_id: str = COURSE_ID) -> list[Activity]:
    """The added activities of a course, oldest first."""
    wanted = select(AddedLink).where(AddedLink.course_id == course_id).order_by(AddedLink.id)
    return [_as_activity(link) for link in session.scalars(wanted)]


def find_activity(session: Session, key: str) -> Activity | None:
    """The activity with this key, of the course's own or an added one."""
    number = key.removeprefix(PREFIX)
    if not key.startswith(PREFIX) or not number.isdigit():
        return BY_KEY.get(key)
    link = session.get(AddedLink, int(number))
    return _as_activity(link) if link else None


def is_link(session: Session, link_id: str) -> bool:
    """Whether this is one of the course's links."""
    number = int(link_id) - FIRST_LINK if link_id.isdigit() else 0
    return link_id in BY_LINK_ID or (number > 0 and session.get(AddedLink, number) is not None)


def link_id_of(link: AddedLink) -> str:
    """The platform's id of an added link."""
    return str(FIRST_LINK + link.id)


def copy_course(session: Session, course_id: str) -> Course:
    """Copy a course with its added links, as a school does for the next year: links anew, nobody's work."""
    source = find_course(session, course_id)
    history = [course_id, *(source.history if source else [])]
    copy = Course(title=f"{COURSE_TITLE} (copy {len(session.scalars(select(Course)).all()) + 1})", history=history)
    session.add(copy)
    session.flush()
    links = session.scalars(select(AddedLink).where(AddedLink.course_id == course_id).order_by(AddedLink.id)).all()
    for link in links:
        add_link(session, course_id_of(copy), link.item, [link_id_of(link), *link.history])
    return copy


def find_course(session: Session, course_id: str) -> Course | None:
    """A copied course; nothing for the one that was there first. Raises NotHere."""
    if course_id == COURSE_ID:
        return None
    number = int(course_id) - FIRST_COPY if course_id.isdigit() and len(course_id) < 9 else 0
    found = session.get(Course, number) if number > 0 else None
    if found is None:
        raise NotHere("There is no such course.")
    return found


def copies(session: Session) -> list[tuple[str, str]]:
    """Id and title of each copy."""
    return [(course_id_of(copy), copy.title) for copy in session.scalars(select(Course).order_by(Course.id))]


def course_id_of(copy: Course) -> str:
    """The platform's id of a copied course."""
    return str(FIRST_COPY + copy.id)


def course_claim(session: Session, activity: Activity) -> dict[str, Any]:
    """The course of this activity, as launches name it."""
    copy = find_course(session, activity.course_id)
    return context_claim(activity.course_id, copy.title if copy else COURSE_TITLE)


def filled_in(session: Session, activity: Activity) -> dict[str, str]:
    """The custom parameters that the tool asked for, with the variables that this LMS knows (LTI Core 1.3, B)."""
    copy = find_course(session, activity.course_id)
    known = {
        "$Context.id.history": ",".join(quote(one, "") for one in (copy.history if copy else [])),
        "$ResourceLink.id.history": ",".join(quote(one, "") for one in activity.history),
    }
    return {name: known.get(value, value) for name, value in activity.custom.items()}


def _as_activity(link: AddedLink) -> Activity:
    item = link.item
    url = str(item.get("url", ""))
    path = url.partition("/activities/")[2].partition("?")[0]
    column, submission = item.get("lineItem") or {}, item.get("submission") or {}
    times = {"opens": (item.get("available") or {}).get("startDateTime"), "due": submission.get("endDateTime")}
    return Activity(
        key=f"{PREFIX}{link.id}",
        link_id=link_id_of(link),
        title=str(item.get("title", "Activity")),
        intro=str(item.get("text", "")),
        path=path,
        icon=ICONS.get(path.partition("/")[0], "unit"),
        maximum=column.get("scoreMaximum"),
        url=url,
        custom={str(name): str(value) for name, value in (item.get("custom") or {}).items()},
        course_id=link.course_id,
        history=tuple(link.history),
        times={name: str(value) for name, value in times.items() if value},
    )
