"""What the gradebook and the course page show of grades and tracks."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.demo.grades import plain_number
from lti_tool.demo.line_items import list_line_items
from lti_tool.demo.models import Attempt, Grade
from lti_tool.demo.people import Person, trainees
from lti_tool.demo.tracking import RAW, STATUS


@dataclass(frozen=True)
class Row:
    """One person's place in a column; `grade` is None before any score has come."""

    person: Person
    grade: Grade | None


@dataclass(frozen=True)
class Column:
    """One line item with a row for each trainee who may be seen."""

    id: int
    label: str
    maximum: float
    rows: tuple[Row, ...]


def gradebook(session: Session, viewer: Person, *, with_class: bool = False) -> list[Column]:
    """All columns: with every trainee for staff, with oneself alone for a trainee."""
    shown = trainees(with_class=with_class) if viewer.is_staff else (viewer,)
    return [
        Column(
            id=item.id,
            label=item.label,
            maximum=item.score_maximum,
            rows=tuple(Row(person, session.get(Grade, (item.id, person.id))) for person in shown),
        )
        for item in list_line_items(session)
    ]


def reached_by(session: Session, person: Person) -> dict[str, str]:
    """Short words for the course page, by "link:ID" and "package:KEY": this person has reached there."""
    reached: dict[str, str] = {}
    for attempt in session.scalars(select(Attempt).filter_by(user_id=person.id).order_by(Attempt.number)):
        score = attempt.elements.get(RAW)
        words = attempt.elements.get(STATUS, "started")
        reached[f"package:{attempt.package}"] = f"{words}, {score} points" if score else words
    for item in list_line_items(session):
        grade = session.get(Grade, (item.id, person.id))
        if item.link_id is not None and grade is not None and grade.score is not None:
            reached[f"link:{item.link_id}"] = (
                f"{plain_number(grade.score)} of {plain_number(item.score_maximum)} points"
            )
    return reached
