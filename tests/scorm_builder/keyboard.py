"""Somebody who plays a package with the keyboard alone, and answers rightly what comes into focus."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Frame, Page

MOST_KEYS = 400
"""Between two pages; whoever needs more is lost."""
# What has the focus, and what one has to know to answer it.
FOCUSED = """() => {
  const one = document.activeElement;
  const activity = one.closest('[data-activity]');
  const outer = (name) => one.closest(name);
  const option = outer('.pw-option');
  const options = activity ? [...activity.querySelectorAll('.pw-option')] : [];
  const line = outer('[data-item]');
  const lines = line && line.parentElement.matches('.pw-order') ? [...line.parentElement.children] : [];
  const ahead = lines.slice(0, lines.indexOf(line)).filter((other) => +other.dataset.item > +line.dataset.item);
  const story = outer('[data-story]');
  return {
    is: one.tagName.toLowerCase(), type: one.type ?? '', kind: activity?.dataset.kind ?? '',
    rel: one.rel ?? '', data: {...one.dataset}, name: activity?.dataset.activity ?? '',
    seen: one.checkVisibility() && getComputedStyle(one).outlineStyle !== 'none',
    place: options.indexOf(option), right: options.findIndex((other) => other.dataset.correct === 'true'),
    wanted: option?.dataset.correct === 'true', checked: one.checked ?? false, value: one.value ?? '',
    match: outer('.pw-pair')?.dataset.correct ?? '', ahead: ahead.length,
    ways: story ? story.children.length : 0, page: outer('.pw-page')?.id ?? '',
    term: one.matches('.pw-term') ? one.getAttribute('popovertarget') : '',
    all: one.closest('[data-open]')?.dataset.open ?? '', summary: one.matches('[data-units] > summary'),
    open: outer('[data-units]')?.open ?? false,
  };
}"""
TO_DO = """(page) => [...document.getElementById(page).querySelectorAll('[data-activity]')]
  .filter((one) => one.checkVisibility() && one.dataset.kind !== 'download'
    && (one.querySelector('[data-check]')?.checkVisibility() || one.querySelector('[data-turn]:not([data-turned])')
      || (one.dataset.kind === 'scenario' && !one.querySelector('[data-outcome]').textContent)))
  .map((one) => one.dataset.activity)"""


@dataclass
class Player:
    """One who has no mouse; `kinds` are those that were answered, `hidden` whatever had the focus unseen."""

    page: Page
    frame: Frame
    kinds: set[str] = field(default_factory=set)
    hidden: list[str] = field(default_factory=list)
    opened: int = 0

    def press(self, key: str) -> None:
        """Press a key."""
        self.page.keyboard.press(key)

    def focused(self) -> dict[str, Any]:
        """What has the focus in the package."""
        found: dict[str, Any] = self.frame.evaluate(FOCUSED)
        return found

    def go_to(self, wanted: str, key: str = "Tab", **values: Any) -> None:
        """Go on until what has the focus has these values."""
        for _ in range(MOST_KEYS):
            self.press(key)
            one = self.focused()
            if one[wanted] and all(one[name] == value for name, value in values.items()):
                return
        raise AssertionError(f"{wanted} was not reached by {key}")

    def open_unit(self, unit: str) -> None:
        """Open a unit from the list at the top, wherever the focus is."""
        if not self.focused()["open"]:
            self.go_to("summary", "Shift+Tab")
            if not self.focused()["open"]:
                self.press("Enter")
        self.go_to("all", all=unit)
        self.press("Enter")
        self.frame.locator(f'.pw-unit[data-unit="{unit}"][data-ready]').wait_for()

    def play_unit(self) -> None:
        """Answer every page of the unit that was just opened, to its last."""
        while True:
            self.play_page()
            if self.frame.locator(".pw-page:not([hidden]) [rel=next]").count() == 0:
                return
            before = self.frame.locator(".pw-page:not([hidden])").get_attribute("id")
            self.press("Enter")
            self.frame.wait_for_function(
                "before => document.querySelector('.pw-page:not([hidden])').id !== before", arg=before
            )

    def play_page(self) -> None:
        """Answer everything on this page, and stop at the link that leads on, or where nothing is left to do."""
        for _ in range(MOST_KEYS):
            self.press("Tab")
            one = self.focused()
            if one["is"] != "body" and not one["seen"]:
                self.hidden.append(f"{one['is']} {one['data']} on {one['page']}")
            if one["kind"]:
                self.answer(one)
            elif one["term"] and self.opened < 2:
                self.look_up(one["term"])
            page = self.frame.locator(".pw-page:not([hidden])")
            last = page.locator("[rel=next]").count() == 0
            left = self.frame.evaluate(TO_DO, page.get_attribute("id"))
            if not left and (last or one["rel"] == "next"):
                return
            assert one["rel"] != "next", f"not to be answered by keyboard: {left}"
        raise AssertionError(f"lost on {self.focused()}")

    def look_up(self, term: str) -> None:
        """Open a word's explanation and close it again: the focus comes back to the word."""
        self.press("Enter")
        assert self.frame.locator(f"#{term}").is_visible()
        self.press("Escape")
        assert self.frame.locator(f"#{term}").is_hidden()
        assert self.focused()["term"] == term
        self.opened += 1

    def answer(self, one: dict[str, Any]) -> None:
        """Do with what has the focus what its kind of activity wants."""
        self.kinds.add(one["kind"])
        if one["type"] == "radio":
            self.press("Space")
            for _ in range(max(0, one["right"] - one["place"]) if one["kind"] == "single-choice" else 0):
                self.press("ArrowDown")
        elif one["type"] == "checkbox" and not one["checked"] and (one["wanted"] or one["kind"] == "checklist"):
            self.press("Space")
        elif one["is"] == "select":
            self.choose(one["match"])
        elif one["type"] == "text":
            self.page.keyboard.type(self.frame.evaluate("JSON.parse(document.activeElement.dataset.answers)[0]"))
        elif one["is"] == "textarea":
            self.page.keyboard.type("Words of my own")
        else:
            self.push(one)

    def choose(self, value: str) -> None:
        """Choose from a list."""
        for _ in range(30):
            if self.focused()["value"] == value:
                return
            self.press("ArrowDown")
        raise AssertionError(f"{value} is not in the list")

    def push(self, one: dict[str, Any]) -> None:
        """Push a button, where it leads on."""
        if one["data"].get("move") == "-1":
            for _ in range(one["ahead"]):
                self.press("Enter")
        elif "check" in one["data"] or ("turn" in one["data"] and "turned" not in one["data"]):
            self.press("Enter" if "check" in one["data"] else "Space")
        elif "way" in one["data"] and one["ways"] < 20:
            self.press("Enter")
        elif one["kind"] == "download" and one["is"] == "a":
            with self.page.expect_popup() as handout:
                self.press("Enter")
            handout.value.close()
