"""A section with fields of its own, one below the other."""

from lti_tool.roadmap.section_views.view import SectionView
from scorm_builder.course_format.planner import Section


class Form(SectionView):
    """Fields of the section itself."""

    name = "form"
    template = "roadmap/section_views/form.html"

    def can_show(self, section: Section) -> bool:
        """Sections without rows."""
        return section.row is None
