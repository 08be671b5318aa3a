"""Fixtures by topic live in tests/fixtures/."""

pytest_plugins = [
    "tests.fixtures.browser",
    "tests.fixtures.databases",
    "tests.fixtures.house",
    "tests.fixtures.platform",
    "tests.fixtures.tool",
    "tests.fixtures.window",
]
