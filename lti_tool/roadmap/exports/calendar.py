"""The days of a map for calendars (iCalendar, RFC 5545; RFC 7986 for the calendar's own properties)."""

from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Event
from icalendar import Calendar as ICalendar

from lti_tool.roadmap.dated_rows import Item, group_items
from lti_tool.roadmap.exports.export import Export
from lti_tool.roadmap.exports.plan import Plan, capitalized
from lti_tool.roadmap.field_names import row_kind

PRODUCT = "-//Partnerwise//Road map//EN"
EVERY = timedelta(hours=6)
"""How often a calendar that subscribes need ask."""
BEFORE = timedelta(hours=-33)
"""Before the end of the last day of what is not done yet: at three in the afternoon of the day before."""
BEGAN = datetime(2025, 1, 1, tzinfo=UTC)
"""For what nobody has ever changed."""


class Calendar(Export):
    """Every row and field with a day, as events of whole days, with who and with a reminder."""

    name = "calendar"
    media_type = "text/calendar"
    extension = "ics"

    def make(self, plan: Plan) -> bytes:
        """The calendar as it is now."""
        return write_calendar(plan, is_subscribed=False)


def write_calendar(plan: Plan, *, is_subscribed: bool) -> bytes:
    """The calendar. One that is subscribed to leaves out who, as it goes to servers that nobody here has chosen."""
    calendar = ICalendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):
        calendar.add(name, _in_one_line(plan.title))
    if is_subscribed:
        calendar.add("refresh-interval", EVERY, {"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT6H")
    for group in group_items(plan.map, plan.today):
        for item in group.items:
            calendar.add_component(_event(plan, item, is_subscribed=is_subscribed))
    return bytes(calendar.to_ical())


def _event(plan: Plan, item: Item, *, is_subscribed: bool) -> Event:
    ends = item.ends or plan.today
    event = Event()
    event.add("uid", f"{item.cell.name if item.cell else f'row-{item.row.id if item.row else 0}'}.map-{plan.uid}")
    event.add("dtstamp", _changed_at(item))
    event.add("dtstart", item.begins or ends)
    event.add("dtend", ends + timedelta(days=1))
    event.add("summary", _in_one_line(_title(plan, item)))
    event.add("description", "\n".join(map(_in_one_line, _lines(plan, item, is_subscribed=is_subscribed))))
    event.add("transp", "TRANSPARENT")
    if not is_subscribed and item.state in {"open", "late"}:
        event.add_component(_reminder(plan, item))
    return event


def _reminder(plan: Plan, item: Item) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _in_one_line(_title(plan, item)))
    alarm.add("trigger", BEFORE, {"RELATED": "END"})
    return alarm


def _title(plan: Plan, item: Item) -> str:
    named = plan.name_of_item(item)
    return f"✓ {named}" if item.state == "done" else named


def _lines(plan: Plan, item: Item, *, is_subscribed: bool) -> list[str]:
    """What it is, who, and how far it is."""
    cells = item.row.cells if item.row else ()
    kind = capitalized(row_kind(item.section).singular) if item.row else item.section.title
    who = [] if is_subscribed else plan.people_of(item)
    return [kind, *who, *(plan.told(cell) for cell in cells if cell.is_status and cell.filled), plan.title]


def _changed_at(item: Item) -> datetime:
    cells = item.row.cells if item.row else (item.cell,)
    return max((cell.at for cell in cells if cell and cell.at), default=BEGAN)


def _in_one_line(text: str) -> str:
    return " ".join(text.split())
