"""The timeline of a map: a picture drawn on the server, and the same as a table whose lines lead to the rows."""

from collections import Counter

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.roadmap.critical_path import find_critical_path
from lti_tool.roadmap.dated_rows import Item, by_row, closed_periods, group_items, has_days, without_day
from lti_tool.roadmap.field_names import find_section
from lti_tool.roadmap.reading import read_map
from lti_tool.roadmap.timeline import MONTHS, MOST_LETTERS, MOST_OF_HEADING, NAMES, WIDTH, draw, shapes_of
from lti_tool.roadmap.views.room import blueprint, course_sections, readable_map, today
from lti_tool.web.application import db

blueprint.add_app_template_global(has_days)


@blueprint.get("/timeline")
@blueprint.get("/teams/<int:team_id>/timeline")
def timeline(team_id: int | None = None) -> ResponseReturnValue:
    """All that has a day, by priority; to read, also for those who follow the course. `?scale=quarter` for quarters."""
    opened = readable_map(team_id)
    whole = read_map(db(), opened.id, course_sections())
    groups, undated = group_items(whole, today()), without_day(whole, today())

    def address(item: Item) -> str:
        """Where the item is written, or where it can be read."""
        place = f"row-{item.row.id}" if item.row else item.section.id
        if not opened.mine:
            return url_for("roadmap.whole", team_id=opened.team.id, _anchor=place)
        if item.row:
            return url_for("roadmap.section", section_id=item.section.id, open=item.row.id, _anchor=place)
        field = item.cell.name.replace(".", "-") if item.cell else ""
        return url_for("roadmap.section", section_id=item.section.id, _anchor=f"field-{field}")

    items = [item for group in groups for item in group.items]
    rows, asked = by_row((*items, *undated)), request.args.get("scale", "")
    waits = {row_id: item.waits_for for row_id, item in rows.items()}
    critical = find_critical_path({row_id: item.ends for row_id, item in rows.items() if item.ends}, waits)
    scale = asked if asked in MONTHS else None
    return render_template(
        "roadmap/timeline.html",
        opened=opened,
        groups=groups,
        undated=undated,
        drawing=draw(groups, today(), scale=scale, critical=critical, closed=closed_periods(whole)),
        closed=closed_periods(whole),
        scale=scale,
        scales=tuple(MONTHS),
        rows=rows,
        critical=critical,
        width=WIDTH,
        names=NAMES,
        most_letters=MOST_LETTERS,
        most_of_heading=MOST_OF_HEADING,
        counts=Counter(item.state for item in items),
        legend=[(shape, find_section(course_sections(), name)) for name, shape in shapes_of(groups).items()],
        address=address,
        first=min((item.begins or item.ends for item in items if item.ends), default=None),
        last=max((item.ends for item in items if item.ends), default=None),
        today=today(),
    )
