"""The browser code's own tests in node: a failure fails the run and is printed, a success is one line."""

from pathlib import Path

import pytest

from tools.node_tests import main


def write(folder: Path, body: str) -> str:
    path = folder / "some.test.js"
    path.write_text(f'import {{ it }} from "node:test";\nit("is so", () => {{ {body} }});\n', encoding="utf-8")
    return str(path)


def test_a_success_is_one_line_that_says_how_many(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([write(tmp_path, "")]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("browser code in node: 1 tests, 1 pass, 0 fail, 0 skipped in ")


def test_a_failure_fails_the_run_and_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([write(tmp_path, 'throw new Error("it is not")')]) == 1
    said = capsys.readouterr().out
    assert "it is not" in said
    assert "1 fail" in said
