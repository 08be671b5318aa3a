"""Fixtures by topic live in tests/fixtures/."""

pytest_plugins = [
    "pytester",
    "tests.fixtures.browser",
    "tests.fixtures.choosing",
    "tests.fixtures.databases",
    "tests.fixtures.house",
    "tests.fixtures.platform",
    "tests.fixtures.school",
    "tests.fixtures.skipped",
    "tests.fixtures.telling",
    "tests.fixtures.tool",
    "tests.fixtures.window",
]
