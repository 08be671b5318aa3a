"""HTML of other programs as the editor would have taken it: the server's side of web/assets/pasting/.

The editor sends its own HTML only. What reaches the tool by another way is read by the same rules, held to the same
table of cases (tests/shared/pasted.txt).
"""

from lti_tool.journal.pasting.reading import read
from lti_tool.journal.pasting.writing import as_html


def in_our_form(text: str, longest: int) -> str:
    """The HTML with headings, lists, marks and a line for each row of a table, in the editor's own tags.

    Raises TooLong where that would have more than `longest` characters, BadInput for elements nested too deeply.
    """
    return as_html(read(text, longest))


__all__ = ["in_our_form"]
