"""Fixtures by topic live in tests/fixtures/."""

import gc

pytest_plugins = [
    "pytester",
    "tests.fixtures.choosing",  # before those that ask it
    "tests.fixtures.browser",
    "tests.fixtures.cookie_settings",
    "tests.fixtures.databases",
    "tests.fixtures.line",
    "tests.fixtures.platform",  # before the house, which it is a part of
    "tests.fixtures.house",
    "tests.fixtures.school",
    "tests.fixtures.skipped",
    "tests.fixtures.run_reports",
    "tests.fixtures.tool",
    "tests.fixtures.window",
]


def pytest_configure() -> None:
    """Look for cycles of dead objects less often than Python does by itself: that took a tenth of the run."""
    gc.set_threshold(50_000, 20, 20)
