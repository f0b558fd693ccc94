"""`tthc letter`: the letter that chases, and the report on the plan, as Word files."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from tthc_cli.cli import check, names
from tthc_cli.cli.inputs import Context, marks, option, refuse
from tthc_cli.errors import InputError, Trouble, UsageError
from tthc_cli.formats import Format
from tthc_cli.wording.help import HELP

if TYPE_CHECKING:
    from tthc_cli.formats.official_layout import Kind
    from tthc_cli.letterhead import Letterhead
    from tthc_cli.official import Official
    from tthc_cli.reports.letters import Sorted
    from tthc_cli.settings import Settings
    from tthc_cli.workflow import Outcome

_TEMPLATES: "tuple[tuple[str, Kind], ...]" = (("mau-cong-van.docx", "letter"), ("mau-bao-cao.docx", "report"))


def run(
    context: Context,
    agency: Annotated[list[str] | None, option("--agency", help=HELP["letter --agency"], metavar="NAME")] = None,
    each: Annotated[bool, option("--each")] = False,
    output: Annotated[Path, option("--output", "-o", help=HELP["letter --output"], metavar="FOLDER")] = Path(),
    templates: Annotated[bool, option("--templates")] = False,
    force: Annotated[bool, option("--force", help=HELP["letter --force"])] = False,
) -> None:
    """Write the letter to all who have something to do, and the report."""
    settings = context.settings()
    if (form := context.given["format"]) not in (None, Format.text, Format.json):
        raise refuse("format_impossible", name=form.value)
    if templates:
        from tthc_cli.formats.official import blank

        files = {output / name: blank(kind) for name, kind in _TEMPLATES}
        _tell(context, _written(output, files, force), ())
        return
    outcome = check.examined(context, settings)
    plan = outcome.inputs.plan
    if not force and plan.over(context.as_of):
        raise refuse("letter_year_over", year=plan.year)
    papers = _Papers(context, settings, outcome, names.agencies(outcome.inputs.directory, agency or ()))
    made = dict(papers.letters(each or bool(agency))) | ({} if agency else papers.report())
    files = {output / name: data for name, data in made.items()}
    _tell(context, _written(output, files, force), papers.remarks())


class _Papers:
    """What one run over a register gives occasion to write, of all units or of some."""

    def __init__(
        self, context: Context, settings: "Settings", outcome: "Outcome", units: frozenset[str] | None
    ) -> None:
        from tthc_cli.reports import fields, letters
        from tthc_cli.selection import Choice, keep

        self.context, self.settings, self.outcome = context, settings, outcome
        self.office = _known(settings, outcome)
        self.sorted: Sorted = letters.sort(keep(outcome.assessment.judgements, Choice(units)), self.office)
        self.cautions = fields.cautions(marks(outcome.inputs))
        self.bad_rows = outcome.assessment.bad_rows

    def letters(self, each: bool) -> Iterator[tuple[str, bytes]]:
        """One letter to all, or one to each unit that has something to do."""
        from tthc_cli.reports.letters import letter
        from tthc_cli.wording.letters import paper

        found, day = self.sorted.found, self.context.as_of.isoformat()
        parts = {paper("file_to", day=day, unit=id_): found.of([id_]) for id_ in found.asked} if each else {}
        if not each and found.pressing:
            parts = {paper("file", day=day): found}
        for name, part in parts.items():
            yield name, self._word(letter(self.outcome.world, part, self.office, self.cautions), "letter")

    def report(self) -> dict[str, bytes]:
        """The report on the whole."""
        from tthc_cli.reports.situation import situation
        from tthc_cli.wording.letters import paper

        judgements, soon = self.outcome.assessment.judgements, self.settings.due_soon
        made = situation(self.outcome.world, judgements, self.office, soon, self.bad_rows, self.cautions)
        return {paper("report_file", day=self.context.as_of.isoformat()): self._word(made, "report")}

    def _word(self, made: "Official", kind: "Kind") -> bytes:
        from tthc_cli.formats.official import render

        key = "template" if kind == "letter" else "report_template"
        path: Path | None = getattr(self.office, key)
        if path is None:
            return render(made, self.context.as_of, kind)
        trouble = self.settings.trouble("template_missing", f"letter.{key}", name=str(path))
        try:
            own = path.read_bytes()
        except OSError:
            raise InputError(trouble) from None
        return render(made, self.context.as_of, kind, own, trouble)

    def remarks(self) -> tuple[str, ...]:
        """What the writer has to know before anything is signed."""
        from tthc_cli.reports.fields import without_rows
        from tthc_cli.reports.letters import remarks
        from tthc_cli.wording.problems import problem

        empty = without_rows(self.outcome.gathered, self.outcome.register)
        of_files = (problem(item) for item in self.outcome.assessment.problems if item.of_file)
        return (*remarks(self.sorted, self.office, self.bad_rows), *empty, *of_files)


def _known(settings: "Settings", outcome: "Outcome") -> "Letterhead":
    """Who writes, its unit by its id."""
    office = settings.office
    if not office.unit:
        return office
    matches = outcome.inputs.directory.find(office.unit).matches
    if len(matches) != 1:
        raise InputError(settings.trouble("letter_unit", "letter.unit", value=office.unit))
    return office._replace(unit=matches[0].id)


def _written(folder: Path, files: Mapping[Path, bytes], force: bool) -> tuple[Path, ...]:
    """Write files; none that was changed by hand is written over unless forced."""
    from tthc_cli.formats import make, write

    changed = [path for path, data in files.items() if path.is_file() and path.read_bytes() != data]
    if changed and not force:
        raise UsageError(*(Trouble(str(path), "letter_changed") for path in changed))
    make(folder)
    for path, data in files.items():
        write(path, [data])
    return tuple(files)


def _tell(context: Context, files: tuple[Path, ...], remarks: tuple[str, ...]) -> None:
    from tthc_cli.report import Report
    from tthc_cli.wording import fill
    from tthc_cli.wording.letters import TOLD

    written = tuple(fill(TOLD["written"], {"path": path}) for path in files)
    payload: dict[str, Any] = {"schema": "tthc.letter/1", "files": [str(path) for path in files]}
    here = context._replace(given={**context.given, "output": None})
    here.emit(Report(payload, before=(*written, *remarks)))
