"""What each kind of run takes and leaves out, and that it says so; and that CI skips nothing that it can run."""

import pytest

from tests.fixtures.skipped import NO_IPV6

TESTS = """
import pytest

@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request):
    return request.param

on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)

def test_rule(): ...
def test_page(database_url): ...
@pytest.mark.both_databases
def test_lock(database_url): ...
@on_postgresql
def test_ring(database_url): ...
@pytest.mark.thorough
def test_long(): ...
@pytest.fixture
def browser(): ...
def test_click(browser): ...
"""
ALWAYS = {"test_rule", "test_page[sqlite]", "test_lock[sqlite]"}
USUAL = ALWAYS | {"test_lock[postgresql]", "test_ring[postgresql]", "test_click"}
ALL = USUAL | {"test_page[postgresql]", "test_long"}


def run(pytester: pytest.Pytester, source: str, *options: str) -> tuple[set[str], pytest.RunResult]:
    """The names of the tests that ran, and all that was printed."""
    pytester.makepyfile(source)
    pytester.makeini("[pytest]\nmarkers =\n  both_databases\n  thorough\n")
    left_out = ["-p", "no:cacheprovider", "-p", "no:slipcover"]  # a counted run counts no run within
    plugins = ["-p", "tests.fixtures.choosing", "-p", "tests.fixtures.skipped", *left_out]
    answer = pytester.runpytest_inprocess(*plugins, "-v", *options)
    lines = [line.split("::")[1].split(" ")[0] for line in answer.outlines if "PASSED" in line]
    return set(lines), answer


@pytest.mark.parametrize("kind", ["", "--thorough", "--quick"])
def test_a_run_takes_what_it_is_for_and_says_what_it_leaves_out(pytester: pytest.Pytester, kind: str) -> None:
    ran, answer = run(pytester, TESTS, *kind.split())
    taken = {"": USUAL, "--thorough": ALL, "--quick": ALWAYS}[kind]
    assert ran == taken
    assert ("make sure" in answer.stdout.str()) == (taken != ALL)
    if taken != ALL:
        answer.stdout.fnmatch_lines(f"{len(ALL) - len(taken)} tests*")


def test_several_processes_say_it_once(pytester: pytest.Pytester) -> None:
    _, answer = run(pytester, TESTS, "-p", "xdist", "--numprocesses", "2")
    answer.stdout.fnmatch_lines(f"{len(ALL) - len(USUAL)} tests*")


def test_what_is_named_is_run(pytester: pytest.Pytester) -> None:
    ran, _ = run(pytester, TESTS, "test_what_is_named_is_run.py::test_page[postgresql]")
    assert ran == {"test_page[postgresql]"}


SKIPPED = f"""
import pytest

@pytest.mark.parametrize("number", [1, 2])
def test_view(number): pytest.skip("no Chromium")
@pytest.mark.skipif(True, reason="{NO_IPV6}")
def test_address(): ...
@pytest.mark.xfail
def test_known(): assert False
"""


def test_what_is_skipped_is_listed_by_its_reason(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    _, answer = run(pytester, SKIPPED)
    answer.assert_outcomes(skipped=3, xfailed=1)
    answer.stdout.fnmatch_lines(["no Chromium: 2", "*2 of *::test_view", f"{NO_IPV6}: 1", "*1 of *::test_address"])


def test_ci_skips_only_what_no_machine_of_its_kind_can_run(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "1")
    _, answer = run(pytester, SKIPPED)
    answer.assert_outcomes(failed=2, skipped=1, xfailed=1)
    answer.stdout.fnmatch_lines("*skipped, though CI must run it: no Chromium*")
