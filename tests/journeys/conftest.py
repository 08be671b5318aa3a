"""People of the cast at the demo LMS, each in a browser of their own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.fixtures.browser import open_page, sweep_for_barriers, take_picture, take_pictures
from tests.fixtures.house import House


@dataclass
class Person:
    """Somebody at the demo LMS."""

    name: str
    house: House
    page: Page

    def goes_to(self, path: str = "") -> Page:
        """Open one of the person's pages of the LMS."""
        self.page.goto(f"{self.house.demo_url}/as/{self.name}/{path}")
        return self.page

    def opens(self, title: str) -> FrameLocator:
        """Click an activity on the course page; gives the frame that it opens in."""
        self.goes_to().get_by_role("link", name=title, exact=True).click()
        frame = self.page.frame_locator("iframe")
        expect(frame.locator("h1").first).to_be_visible()
        return frame

    def shows(self, name: str) -> None:
        """Keep pictures of the page as it is; a thorough run looks for barriers in it and in its frame."""
        take_pictures(self.page, f"journey-{name}", whole=False)
        sweep_for_barriers(self.page)

    def poses(self, name: str) -> None:
        """Keep the README's picture of the page as it is; `make pictures` puts it there."""
        take_picture(self.page, f"readme-{name}", 1000, 1040)


Meet = Callable[[str], Person]


@pytest.fixture
def meet(house: House, browser: Browser) -> Iterator[Meet]:
    """`meet("alice")`: a person with a browser, at the demo LMS of the running house."""
    with ExitStack() as stack:

        def arrive(name: str) -> Person:
            return Person(name, house, stack.enter_context(open_page(browser, 1000, 760, bypass_csp=True)))

        yield arrive
