"""The ways in which a section is shown and written in. A new one is a module here, its template, and one line."""

from lti_tool.roadmap.section_views.form import Form
from lti_tool.roadmap.section_views.list import List
from lti_tool.roadmap.section_views.matrix import Matrix
from lti_tool.roadmap.section_views.view import SectionView
from scorm_builder.course_format.planner import Section

VIEWS: tuple[SectionView, ...] = (Form(), List(), Matrix())
_BY_NAME = {view.name: view for view in VIEWS}

__all__ = ["VIEWS", "SectionView", "view_of"]


def view_of(section: Section) -> SectionView:
    """The view that the course data name for this section, or else the first that can show it."""
    return _BY_NAME[section.view] if section.view else next(view for view in VIEWS if view.can_show(section))
