"""Likely names, telephone numbers, e-mail and postal addresses in a text, by rules that need no network.

They are hints for the writer, never a bar: some of what they find is harmless, and they do not find everything.
"""

from lti_tool.journal.personal_data.finding import Finding, Kind, find_personal_data

__all__ = ["Finding", "Kind", "find_personal_data"]
