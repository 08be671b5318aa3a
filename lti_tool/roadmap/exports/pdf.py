"""PDFs by typst, tagged as PDF/UA-1 (ISO 14289-1) wants them. What people wrote reaches it as data, not as markup."""

import json
import logging
from abc import abstractmethod
from collections.abc import Mapping
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import typst

from lti_tool.roadmap.errors import TooMuchForPaper
from lti_tool.roadmap.exports.export import Export
from lti_tool.roadmap.exports.fonts import REPLACEMENT, families, fonts, printable
from lti_tool.roadmap.exports.plan import Plan
from lti_tool.roadmap.exports.turns import turn

log = logging.getLogger("lti_tool.exports")

TEMPLATES = Path(__file__).parent / "typst"
MOST_CHARACTERS = 400_000
"""Of all texts of one PDF; some 150 pages, which take two seconds."""
Data = Mapping[str, Any]


class Say:
    """Makes texts printable, and counts them."""

    def __init__(self) -> None:
        self.characters = 0
        self.has_replaced = False

    def __call__(self, text: str) -> str:
        """The text as it can be printed; raises TooMuchForPaper."""
        self.characters += len(text)
        if self.characters > MOST_CHARACTERS:
            raise TooMuchForPaper(f"{self.characters} characters")
        shown = printable(text)
        self.has_replaced |= REPLACEMENT in shown and REPLACEMENT not in text
        return shown


class Pdf(Export):
    """One kind of PDF; its template in `typst/` has its name."""

    media_type = "application/pdf"
    extension = "pdf"

    @abstractmethod
    def lay_out(self, plan: Plan, say: Say) -> Data:
        """The data for the template, every text through `say`."""

    def make(self, plan: Plan) -> bytes:
        """The PDF. Raises TooMuchForPaper, TooManyFilesAtOnce."""
        say = Say()
        return _make(plan, self.name, self.lay_out(plan, say), say)


def _make(plan: Plan, template: str, laid_out: Data, say: Say) -> bytes:
    note = plan.words.cannot_be_printed % {"sign": REPLACEMENT} if say.has_replaced else ""
    about = {
        "title": say(plan.title),
        "made_on": say(plan.made_on),
        "language": plan.language,
        "page_of": plan.words.page_of,
        "note": note,
        "fonts": families(),
    }
    with turn():
        return _set(template, {**about, **laid_out}, plan)


def _set(template: str, data: Data, plan: Plan) -> bytes:
    """Let typst set it. A text that it cannot set as PDF/UA-1 all the same is set without that promise."""
    try:
        return _compile(template, data, plan, is_accessible=True)
    except typst.TypstError as refused:
        log.warning("%s is no PDF/UA-1: %s", template, refused.message.partition("`")[0])
        return _compile(template, data, plan, is_accessible=False)


def _compile(template: str, data: Data, plan: Plan, *, is_accessible: bool) -> bytes:
    made = typst.compile(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards="ua-1" if is_accessible else None,
        timestamp=_midnight(plan),
    )
    return bytes(made)


def _midnight(plan: Plan) -> int:
    """So that the same plan gives the same bytes all day."""
    return int(datetime.combine(plan.today, time(), UTC).timestamp())
