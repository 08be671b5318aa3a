"""The command `scorm-builder`: build, check, preview, new and list."""

import sys
from pathlib import Path
from typing import get_args

import click

from scorm_builder.building import build_all
from scorm_builder.checking import check_package
from scorm_builder.errors import BuilderError, InvalidSource
from scorm_builder.exporters import FORMATS, formats_named
from scorm_builder.exporters.base import Granularity, Options
from scorm_builder.figures import TITLES, figures, uncovered
from scorm_builder.markup.strings import strings_for
from scorm_builder.report import table
from scorm_builder.sources.course_source import read_course
from scorm_builder.sources.gaps import gaps, unlisted
from scorm_builder.starting import start_course

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
@click.option("--format", "formats", required=True, help="Names that `list` shows, with commas; or `all`.")
@click.option("--granularity", type=click.Choice(get_args(Granularity)), help="What one package holds.")
@click.option("--language", "languages", help="Only these languages, with commas, as in `en,el`.")
@click.option("--sco-per-unit", is_flag=True, help="SCORM: one SCO for each unit of a module or course.")
@click.option("--tool-url", help="Cartridges: link units, journal and road map of the LTI tool at this address.")
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Where to write.")
def build(
    source: Path,
    *,
    formats: str,
    granularity: Granularity | None,
    languages: str | None,
    sco_per_unit: bool,
    tool_url: str | None,
    out: Path,
) -> None:
    """Build SOURCE, a course's folder, in one or more formats."""
    wanted = formats_named(formats, with_tool=tool_url is not None)
    spoken = tuple(language.strip() for language in languages.split(",")) if languages else None
    options = Options(granularity, spoken, sco_per_unit, tool_url)
    course = read_course(source)
    here = sys.stderr.isatty()
    with click.progressbar(length=len(wanted), label="Building", file=sys.stderr, hidden=not here) as bar:
        written = build_all(course, wanted, options, out, lambda: bar.update(1))
    rows = [(name, str(one.path), str(one.files), f"{one.size / 1000:.1f} kB") for name, one in written]
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
    for language in course.head.languages:
        strings_for(language)
    click.echo(table(TITLES, figures(course)))
    for sentence in [*uncovered(course), *gaps(course), *unlisted(source, course.head)]:
        click.echo(sentence)
    click.echo(f"{source}: the course is readable, {len(course.units)} unit(s), {len(course.assets)} picture(s).")


@main.command()
@click.argument("source", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Where to serve; 0 takes a free port.")
@click.option("--language", help="The language to show first, as in `el`.")
def preview(source: Path, *, port: int, language: str | None) -> None:
    """Play SOURCE, a course's folder, in a local page that follows every save and shows what is tracked."""
    from scorm_builder.preview.serving import serve_preview  # noqa: PLC0415 - the other commands need no web server

    serve_preview(source, port, language, lambda address: click.echo(f"Preview: {address} (Ctrl-C ends it)"))


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def new(folder: Path) -> None:
    """Write a small course into FOLDER, to start from."""
    start_course(folder)
    click.echo(f"{folder} holds a small course. Change it, then: scorm-builder check {folder}")


@main.command("list")
def list_formats() -> None:
    """List the formats that `build` writes."""
    click.echo(table(("format", "what it is"), [(chosen.name, chosen.title) for chosen in FORMATS.values()]))


if __name__ == "__main__":
    main()
