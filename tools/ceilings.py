"""Holds the ceilings: code files of 400 lines, Python functions of 50, all of them annotated."""

import ast
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

MOST_LINES_OF_A_FILE = 400
MOST_LINES_OF_A_FUNCTION = 50
CODE = {".py", ".js", ".mjs", ".css", ".html"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def main() -> int:
    """Print every offender as file:line and return 1 when there is one."""
    offences = [offence for path in code_files(Path()) for offence in offences_in(path)]
    print("\n".join(offences) or "Sizes and annotations are within the ceilings.")
    return 1 if offences else 0


def code_files(folder: Path) -> list[Path]:
    """Return every code file that git tracks or would add."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout.split("\0")
    paths = [folder / name for name in sorted(set(names)) if name]
    return [path for path in paths if path.is_file() and (path.suffix in CODE or path.name == "Makefile")]


def offences_in(path: Path) -> Iterator[str]:
    """Yield what is too long or not annotated in one file, as `file:line: what`."""
    text = path.read_text(encoding="utf-8")
    lines = len(text.splitlines())
    if lines > MOST_LINES_OF_A_FILE:
        yield f"{path}:{lines}: the file has {lines} lines; at most {MOST_LINES_OF_A_FILE}"
    if path.suffix == ".py":
        for function in functions_of(ast.parse(text, str(path))):
            yield from (f"{path}:{function.lineno}: {offence}" for offence in function_offences(function))


def functions_of(tree: ast.Module) -> Iterable[Function]:
    """Return every function and method, nested ones too."""
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def function_offences(function: Function) -> Iterator[str]:
    """Yield what is wrong with one function."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    if lines > MOST_LINES_OF_A_FUNCTION:
        yield f"{function.name} has {lines} lines; at most {MOST_LINES_OF_A_FUNCTION}"
    if function.returns is None:
        yield f"{function.name} does not say what it returns"
    for argument in arguments_of(function):
        if argument.annotation is None:
            yield f"{function.name} does not say what {argument.arg} is"


def arguments_of(function: Function) -> list[ast.arg]:
    """Return the arguments that must be annotated: all but `self` and `cls` in the first place."""
    listed = function.args
    named = [*listed.posonlyargs, *listed.args]
    if named and named[0].arg in {"self", "cls"}:
        named = named[1:]
    return [*named, *listed.kwonlyargs, *(rest for rest in (listed.vararg, listed.kwarg) if rest)]


if __name__ == "__main__":
    sys.exit(main())
