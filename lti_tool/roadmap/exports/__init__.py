"""The ways of taking a map along. A new one is a module of this folder and one line here."""

from lti_tool.errors import NotFound
from lti_tool.roadmap.exports.calendar import Calendar
from lti_tool.roadmap.exports.export import Export
from lti_tool.roadmap.exports.map_file import MapAsJson
from lti_tool.roadmap.exports.plan_pdf import PlanAsPdf
from lti_tool.roadmap.exports.sheets import PosterAsPdf, SummaryAsPdf
from lti_tool.roadmap.exports.table import TableOfRows
from lti_tool.roadmap.exports.word_document import PlanAsWord

EXPORTS: tuple[Export, ...] = (
    PlanAsPdf(),
    SummaryAsPdf(),
    PosterAsPdf(),
    PlanAsWord(),
    Calendar(),
    TableOfRows(),
    MapAsJson(),
)

__all__ = ["EXPORTS", "Export", "find_export"]


def find_export(name: str) -> Export:
    """The export of this name; raises NotFound."""
    for export in EXPORTS:
        if export.name == name:
            return export
    raise NotFound("export")
