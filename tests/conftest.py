"""Fixtures by topic live in tests/fixtures/."""

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
    "tests.fixtures.telling",
    "tests.fixtures.tool",
    "tests.fixtures.window",
]
