"""The complete check of submitted files on top of the table in force, and the canonical form in which a file is
stored: commas, UTF-8, declared columns in order.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workflows.domain.deadlines.calendar import WorkCalendar
from workflows.routing.build import build_table, read_lexicon
from workflows.routing.check.categories import check_categories, check_exceptions
from workflows.routing.check.cells import check_cells
from workflows.routing.check.codes import Sheets, check_doubles, check_needed, read_codes
from workflows.routing.check.comparison import check_thinned
from workflows.routing.check.conflicts import check_accusations, check_mailboxes
from workflows.routing.check.days import check_days, check_decreed
from workflows.routing.check.finding import Finding, meant, of_file
from workflows.routing.check.offices import check_areas, check_departments, check_units
from workflows.routing.check.phrases import check_phrases, check_slang
from workflows.routing.check.sheet import WAY_OUT, Sheet, is_workbook, read_sheet
from workflows.routing.columns import COLUMNS, FILES
from workflows.routing.learned.classifier import Classifier
from workflows.routing.table import TableError


def canonical(sheet: Sheet) -> str:
    """The same rows always give the same text, so the same table always has the same version."""
    names = [column.name for column in COLUMNS[sheet.name]]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([row[name] for name in names] for row in sheet.rows)
    return out.getvalue()


_FEW = 5  # number of rows below which a file may be emptied on purpose


@dataclass(frozen=True)
class Checked:
    """Every finding, by file and line; `files` is the whole table as it would be stored."""

    findings: tuple[Finding, ...]
    files: Mapping[str, str]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that keep the table from being used."""
        return tuple(finding for finding in self.findings if not finding.warning)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that are odd but acceptable."""
        return tuple(finding for finding in self.findings if finding.warning)


def check(
    given: Mapping[str, bytes], base: Mapping[str, str], judge: Classifier, national: WorkCalendar
) -> Checked:
    """Check the whole table. `given`: bytes by file name, replacing those of `base`, the table in force. `judge`:
    the classifier used with it. `national`: the national calendar alone, against which the city's own days are
    checked. A file that cannot be read, or lost all its rows, is one mistake: the other files are then checked
    against its version in `base`, so that not every row that refers to it is a mistake too.
    """
    raw = {name: given.get(name, base[name].encode()) for name in FILES}
    sheets = {name: read_sheet(name, data) for name, data in raw.items()}
    files = {name: canonical(sheet) for name, sheet in sheets.items()}
    findings = {*_strangers(given), *_shapes(given, sheets, base, national)}
    lost = {finding.file for finding in _emptied(given, sheets, base)} | _unreadable(sheets)
    known = sheets | {name: read_sheet(name, base[name].encode()) for name in lost}
    findings |= {finding for finding in _findings(known, national) if finding.file not in lost}
    if all(finding.warning for finding in findings):
        findings |= set(_built(files, judge))
    return Checked(tuple(sorted(findings)), files)


def _strangers(given: Mapping[str, bytes]) -> Iterator[Finding]:
    for name in given:
        if is_workbook(name):
            yield of_file(name, "berkas ini buku kerja, bukan CSV", WAY_OUT)
        elif name not in FILES:
            yield of_file(
                name, "nama berkas ini tidak dikenal", meant(name, FILES, f"yang dikenal: {', '.join(FILES)}")
            )


def _unreadable(sheets: Sheets) -> set[str]:
    return {name for name, sheet in sheets.items() if not sheet.readable}


def _shapes(
    given: Mapping[str, bytes], sheets: Sheets, base: Mapping[str, str], national: WorkCalendar
) -> Iterator[Finding]:
    """Findings about the shape of each file."""
    for sheet in sheets.values():
        yield from sheet.findings
    yield from _emptied(given, sheets, base)
    yield from check_thinned(given, sheets, base)
    yield from check_decreed(sheets, base, national)


def _emptied(given: Mapping[str, bytes], sheets: Sheets, base: Mapping[str, str]) -> Iterator[Finding]:
    """Findings for files that lost all their rows: hardly intended, since every text would then go to the desk."""
    for name in sorted(set(given) & set(FILES)):
        lines = len(base[name].splitlines()) - 1
        if lines > _FEW and sheets[name].readable and not sheets[name].rows:
            advice = "isi kembali, atau jangan sertakan berkas ini"
            yield of_file(name, f"tidak punya satu baris pun; yang berlaku punya {lines}", advice)


def _findings(sheets: Mapping[str, Sheet], national: WorkCalendar) -> Iterator[Finding]:
    """Findings in single cells, then those that involve several rows."""
    codes = read_codes(sheets)
    yield from check_cells(sheets, codes)
    yield from check_doubles(sheets)
    yield from check_needed(sheets)
    yield from check_departments(sheets)
    yield from check_units(sheets)
    yield from check_mailboxes(sheets)
    yield from check_categories(sheets)
    yield from check_areas(sheets)
    yield from check_slang(sheets)
    yield from check_days(sheets, national)
    yield from check_accusations(sheets, codes)
    yield from _words(sheets)


def _words(sheets: Sheets) -> Iterator[Finding]:
    lexicon = read_lexicon({name: [dict(row.cells) for row in sheet.rows] for name, sheet in sheets.items()})
    yield from check_phrases(sheets, lexicon)
    yield from check_exceptions(sheets, lexicon)


def _built(files: Mapping[str, str], judge: Classifier) -> Iterator[Finding]:
    """The finding of the builder itself, since it is what will use the table."""
    try:
        build_table(files, judge)
    except TableError as error:
        yield of_file(str(error).split(":")[0].split(",")[0], f"tabel ini tidak bisa dipakai: {error}")
