"""Fixtures by topic live in tests/fixtures/."""

import pytest

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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give what drives a real browser two more tries, which the run reports: a busy machine is no bug of ours."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.flaky(reruns=2))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say why a test needed another try: a rerun is a thing to look at, not to live with."""
    for report in terminalreporter.getreports("rerun"):
        terminalreporter.section(f"another try: {report.nodeid}", sep="-")
        terminalreporter.write_line(report.longreprtext)
