"""The command `scorm-builder`: build, check and list."""

from pathlib import Path

import click

from scorm_builder.checking import check_package
from scorm_builder.errors import BuilderError, InvalidSource
from scorm_builder.exporters import FORMATS, format_named
from scorm_builder.figures import TITLES, figures, uncovered
from scorm_builder.gaps import gaps, unlisted
from scorm_builder.package import Written, write
from scorm_builder.report import table
from scorm_builder.source import read_course

_FOLDER = click.Path(exists=True, path_type=Path)


class _OneSentence(click.Group):
    """Turns every refusal into its sentence on standard error and exit status 1."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except InvalidSource as refusal:
            count = len(refusal.errors)
            raise click.ClickException(f"{count} mistake{'s' * (count != 1)} in the course:\n{refusal}") from refusal
        except BuilderError as refusal:
            raise click.ClickException(str(refusal)) from refusal
        except OSError as refusal:
            raise click.ClickException(f"{refusal.filename}: {refusal.strerror}.") from refusal


@click.group(cls=_OneSentence)
def main() -> None:
    """Build packages that an LMS imports from a course written in Markdown and YAML."""


@main.command()
@click.argument("source", type=_FOLDER)
@click.option("--format", "formats", required=True, help="One or more of the names that `list` shows, with commas.")
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Where to write.")
def build(source: Path, formats: str, out: Path) -> None:
    """Build SOURCE, a course's folder, in one or more formats."""
    wanted = [format_named(name.strip()) for name in formats.split(",")]
    course = read_course(source)
    packages = [(chosen.name, package) for chosen in wanted for package in chosen.export(course)]
    rows = [_row(name, write(package, out)) for name, package in packages]
    click.echo(table(("format", "written", "files", "size"), rows))


@main.command()
@click.argument("source", type=_FOLDER)
@click.option("--schemas", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Folder of XSDs.")
def check(source: Path, schemas: Path | None) -> None:
    """Check SOURCE: a course's folder, or a package (a zip)."""
    if source.is_dir():
        _check_course(source)
        return
    findings = check_package(source, schemas)
    for finding in findings:
        click.echo(f"{finding.verdict}: {finding.text}")
    if any(finding.verdict == "error" for finding in findings):
        raise click.exceptions.Exit(1)


def _check_course(source: Path) -> None:
    """The table of a course, then what languages lack; raises the mistakes."""
    course = read_course(source)
    click.echo(table(TITLES, figures(course)))
    for sentence in [*uncovered(course), *gaps(course), *unlisted(source, course.head)]:
        click.echo(sentence)
    click.echo(f"{source}: the course is readable, {len(course.units)} unit(s), {len(course.assets)} picture(s).")


@main.command("list")
def list_formats() -> None:
    """List the formats that `build` writes."""
    click.echo(table(("format", "what it is"), [(chosen.name, chosen.title) for chosen in FORMATS.values()]))


def _row(name: str, written: Written) -> tuple[str, ...]:
    return (name, str(written.path), str(written.files), f"{written.size / 1000:.1f} kB")


if __name__ == "__main__":
    main()
