"""A real page under its content security policy: what is pasted and dropped into its fields."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.fixtures.browser import open_page
from tests.fixtures.databases import on_sqlite
from tests.fixtures.pieces import entry_of
from tests.fixtures.tool import Arrive, Visitor

pytestmark = [pytest.mark.journey, on_sqlite]

GIVE = """(target, [kind, html, text, files]) => {
  const data = new DataTransfer();
  if (html) data.setData("text/html", html);
  if (text) data.setData("text/plain", text);
  for (const name of files) data.items.add(new File(["x"], name, { type: "image/png" }));
  const init = { bubbles: true, cancelable: true, clientX: 300, clientY: 300 };
  const event = kind === "paste" ? new ClipboardEvent("paste", { ...init, clipboardData: data })
    : new DragEvent("drop", { ...init, dataTransfer: data });
  return !target.dispatchEvent(event);
}"""
DOCS = (
    '<b style="font-weight:normal"><p><span style="font-weight:400">Plain, </span>'
    '<span style="font-weight:700">bold</span><span style="font-style:italic;font-weight:400"> and slanted.</span></p>'
    "<ul><li>first</li><ul><li>inner</li></ul></ul><table><tr><td>Who</td><td>When</td></tr></table>"
    '<p><a href="tel:+30210">ring</a> <a href="ftp://x.example/">old</a></p></b>'
)
KEPT = (
    "<p>Plain, <strong>bold</strong><em> and slanted.</em></p>"
    "<ul><li><p>first</p><ul><li><p>inner</p></li></ul></li></ul>"
    '<p>Who | When</p><p><a href="tel:+30210">ring</a> old</p>'
)
OpenStrictly = Callable[[Visitor, str], Page]


@pytest.fixture
def strict_window(address: str, browser: Browser) -> Iterator[OpenStrictly]:
    """Opens a page as people have it: its content security policy holds."""
    with open_page(browser) as page:

        def open_window(who: Visitor, path: str) -> Page:
            cookie = who.client.get_cookie("partnerwise", domain="127.0.0.1")
            assert cookie is not None
            page.context.add_cookies([{"name": "partnerwise", "value": cookie.value, "url": address}])
            page.goto(f"{address}{who.at(path)}")
            return page

        yield open_window


def give(page: Page, kind: str, where: str, *, html: str = "", text: str = "", files: tuple[str, ...] = ()) -> bool:
    """Paste or drop; gives whether the page kept the browser from doing what it would do by itself."""
    return bool(page.locator(where).evaluate(GIVE, [kind, html, text, list(files)]))


def test_what_is_pasted_into_the_editor_keeps_its_looks_and_pictures_are_refused_with_a_word(
    visitor: Arrive, strict_window: OpenStrictly
) -> None:
    alice = visitor("alice", activity="journal/j3")
    page = strict_window(alice, "journal/j3")
    refused = page.locator("#pw-refused")
    page.locator("#editor").focus()
    assert give(page, "paste", "#editor", files=("screenshot.png",))
    expect(refused).to_contain_text("Pictures cannot be kept here")
    assert give(page, "drop", "#editor", files=("plan.docx",))
    expect(refused).to_contain_text("Files cannot be put here")
    assert give(page, "drop", ".pw-foot", files=("plan.docx",)), "the file would take the place of the page"
    assert give(page, "paste", "#editor", html=DOCS, text="Plain, bold and slanted.")
    expect(refused).to_be_hidden()
    expect(page.locator("#saving")).to_have_attribute("data-state", "saved")
    assert entry_of(alice).text == KEPT
    give(page, "paste", "#editor", html='<p>Tea<img src="data:image/png;base64,AA=="></p>', text="Tea")
    expect(refused).to_contain_text("Pictures cannot be kept here")
    expect(page.locator("#editor")).to_contain_text("Tea")


def test_a_copy_of_a_page_is_pasted_by_the_keys_and_each_line_lies_as_its_letters_run(
    visitor: Arrive, strict_window: OpenStrictly
) -> None:
    alice = visitor("alice", activity="journal/j3")
    page = strict_window(alice, "journal/j3")
    source = page.context.new_page()
    source.set_content("<h2>Title</h2><p>One <b>bold</b> word.</p><p>مشاركة الوالدين</p><ul><li>بيت</li></ul>")
    source.keyboard.press("Control+A")
    source.keyboard.press("Control+C")
    source.close()
    page.locator("#editor").focus()
    page.keyboard.press("Control+V")
    expect(page.locator("#saving")).to_have_attribute("data-state", "saved")
    assert entry_of(alice).text == (
        "<h3>Title</h3><p>One <strong>bold</strong> word.</p><p>مشاركة الوالدين</p><ul><li><p>بيت</p></li></ul>"
    )
    direction = "nodes => nodes.map(node => getComputedStyle(node).direction)"
    blocks = page.locator("#editor > *")
    assert blocks.evaluate_all(direction) == ["ltr", "ltr", "rtl", "rtl"]


def test_fields_of_plain_words_take_lists_as_lines_and_cut_nothing(
    visitor: Arrive, strict_window: OpenStrictly
) -> None:
    tina = visitor("tina", activity="desk")
    page = strict_window(tina, "course/prompts/new")
    field = page.locator("#question")
    field.focus()
    assert give(page, "paste", "#question", html="<ol start=3><li>a</li><li>b</li></ol>", text="a b")
    expect(field).to_have_value("3. a\n4. b")
    page.keyboard.press("Control+Z")
    expect(field).to_have_value("")
    assert give(page, "paste", "#question", files=("screenshot.png",))
    expect(page.locator(".pw-field:has(#question) + #pw-refused")).to_contain_text("Pictures cannot be kept here")
