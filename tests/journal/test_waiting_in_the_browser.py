"""Who is asked to wait with saving goes on writing: the page keeps the text and tries again by itself."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from lti_tool.web.application import Application
from lti_tool.web.limits import Limits
from tests.fixtures.databases import on_sqlite
from tests.fixtures.pieces import entry_of
from tests.fixtures.tool import Arrive
from tests.fixtures.window import OpenWindow

pytestmark = [pytest.mark.journey, on_sqlite]


def test_what_is_typed_while_the_tool_asks_to_wait_is_kept_and_arrives(
    app: Application, visitor: Arrive, window: OpenWindow
) -> None:
    alice = visitor("alice", activity="journal/j3")
    page = window(alice, "journal/j3")
    app.parts = replace(app.parts, limits=Limits(writes="1 per minute"))
    editor, saving = page.locator("#editor"), page.locator("#saving")
    editor.press_sequentially("A moment at the gate.")
    expect(saving).to_have_attribute("data-state", "saved")
    editor.press_sequentially(" And another one.")
    expect(saving.get_by_role("status")).to_contain_text("kept on this device")
    app.parts = replace(app.parts, limits=Limits())
    page.evaluate("window.dispatchEvent(new Event('online'))")  # it would go again by itself within the minute
    expect(saving).to_have_attribute("data-state", "saved")
    assert entry_of(alice).text == "<p>A moment at the gate. And another one.</p>"
