"""A section with rows: a list whose lines open to be written in."""

from lti_tool.roadmap.section_views.view import SectionView
from scorm_builder.course_format.planner import Section


class List(SectionView):
    """Rows that are added, moved, taken out and put back."""

    name = "list"
    template = "roadmap/section_views/list.html"

    def can_show(self, section: Section) -> bool:
        """Sections with rows."""
        return section.row is not None
