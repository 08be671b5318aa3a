"""Several rows of the same map: the actions and milestones that an action waits for."""

from collections.abc import Iterable, Mapping, Sequence

from lti_tool.errors import BadInput
from lti_tool.roadmap.fields.kind import Kind, RowsOfMap
from scorm_builder.course_format.planner import SectionField as Field


class References(Kind):
    """References, kept as the rows' ids from the lowest to the highest with a space between two."""

    name = "references"
    template = "roadmap/fields/references.html"
    is_group = True

    def check(self, field: Field, value: str, rows: RowsOfMap) -> str:
        """The ids of rows of those kinds that stand in the map, each once."""
        named = set(value.split(" "))
        known = {row_id for kind in field.refers_to for row_id in rows.row_ids(kind)}
        if not named <= known:
            raise BadInput("not among the rows")
        return self.referring_to(map(int, named))

    def export(self, field: Field, value: str, titles: Mapping[str, str]) -> str:  # noqa: ARG002
        """The rows' titles; those that were taken out are left out."""
        return "; ".join(titles[row_id] for row_id in value.split() if row_id in titles)

    def references(self, value: str) -> tuple[int, ...]:
        """The rows; what is none is left out, as where the field was a text in a former course."""
        return tuple(int(one) for one in value.split() if one.isascii() and one.isdigit())

    def referring_to(self, row_ids: Iterable[int]) -> str:
        """Each row once, in the order of their ids."""
        return " ".join(map(str, sorted(set(row_ids))))

    def join(self, sent: Sequence[str]) -> str:
        """What is ticked; an empty value comes with it, so that nothing ticked is sent too."""
        return " ".join(one for one in sent if one)
