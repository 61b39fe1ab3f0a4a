"""The complete check of submitted files on top of the table in force, its categories and the city's own days among
them, and the canonical form in which a file is stored: commas, UTF-8, declared columns in order.
"""

from __future__ import annotations
import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import lru_cache

from workflows.domain.deadlines.calendar import WorkCalendar
from workflows.domain.deadlines.city_days import COLLECTIVE_LEAVE, DAYS_FILE, FREE, WORKED, YEARS, read_day
from workflows.domain.directory import EXTERNAL
from workflows.frozen import frozen
from workflows.routing.build import build_table, read_lexicon
from workflows.routing.check.cells import check_cells
from workflows.routing.check.codes import Sheets, check_doubles, check_needed, read_codes
from workflows.routing.check.comparison import check_thinned
from workflows.routing.check.conflicts import check_accusations, check_mailboxes
from workflows.routing.check.offices import check_areas, check_departments, check_units
from workflows.routing.check.phrases import Meaning, check_phrases, check_slang, meaning
from workflows.routing.check.sheet import WAY_OUT, Finding, Row, Sheet, is_workbook, meant, of_file, read_sheet
from workflows.routing.columns import COLUMNS, FILES, SEARCHED, values_in
from workflows.routing.learned.classifier import Classifier
from workflows.routing.table import TableError
from workflows.routing.text import Lexicon

_CODE = re.compile("[a-z][a-z0-9_]*")
_SECRET = "pungli"
_BETTER_SECRET = ("kdrt", "kepegawaian", "perundungan")


def check_categories(sheets: Sheets) -> Iterator[Finding]:
    """Yield the mistakes of categories.csv that involve more than one cell."""
    kinds = defaultdict(set)
    for phrase in sheets["phrases.csv"].rows:
        kinds[phrase["category"]].add(phrase["kind"])
    for row in filter(lambda row: row["code"], sheets["categories.csv"].rows):
        yield from _code(row)
        yield from _owners(row)
        yield from _restricted(row)
        yield from _category_words(row, kinds[row["code"]])


def _code(row: Row) -> Iterator[Finding]:
    if not _CODE.fullmatch(row["code"]):
        yield row.wrong("code", f"“{row['code']}” bukan kode", "huruf kecil, angka, dan garis bawah saja")


def _owners(row: Row) -> Iterator[Finding]:
    if row["opd"] and row["opd"] in row.codes("also"):
        yield row.wrong("also", f"{row['opd']} sudah menjadi pemilik kategori ini", "hapus dari kolom also")


def _restricted(row: Row) -> Iterator[Finding]:
    if row["restricted"] != "no":
        return
    if row["code"] == _SECRET:
        message = "laporan pungli harus terbatas: isinya tidak boleh terbaca di email"
        yield row.wrong("restricted", message, "tulis yes")
    elif row["code"] in _BETTER_SECRET:
        yield row.wrong("restricted", f"laporan {row['code']} biasanya terbatas", "tulis yes", warning=True)


def _category_words(row: Row, kinds: set[str]) -> Iterator[Finding]:
    if not kinds:
        message = f"kategori {row['code']} tidak punya frasa, jadi tidak pernah terpilih"
        yield row.wrong("code", message, "tambahkan di phrases.csv", warning=True)
    elif kinds <= {"not"}:
        message = f"kategori {row['code']} hanya punya frasa “not”, jadi tidak pernah terpilih"
        yield row.wrong("code", message, "tambahkan frasa any atau must di phrases.csv")


@frozen
class _Rule:
    """One exception with one of its phrases; `text` and `meaning` are empty where any words match."""

    row: Row
    text: str
    meaning: Meaning

    def covers(self, other: _Rule) -> bool:
        """Whether this rule holds in every case in which the other one holds."""
        mine, theirs = self.row, other.row
        if mine["category"] != theirs["category"] or mine["kecamatan"] not in ("", theirs["kecamatan"]):
            return False
        return not self.meaning or all(any(_inside(part, far) for far in other.meaning) for part in self.meaning)


def check_exceptions(sheets: Sheets, lexicon: Lexicon) -> Iterator[Finding]:
    """Yield the mistakes of exceptions.csv that involve more than one cell."""
    rules: list[_Rule] = []
    for row in (row for row in sheets["exceptions.csv"].rows if row.whole):
        yield from _shape(row)
        for rule in _rules(row, lexicon):
            if hidden := _hidden(rule, rules):
                yield hidden
            rules.append(rule)


def _shape(row: Row) -> Iterator[Finding]:
    if not row["phrase"] and not row["kecamatan"]:
        yield row.wrong("phrase", "pengecualian ini tanpa syarat", "isilah phrase, kecamatan, atau keduanya")
    if row["external"] and row["opd"] and row["opd"] != EXTERNAL:
        message = f"instansi luar hanya untuk {EXTERNAL}, bukan {row['opd']}"
        yield row.wrong("external", message, f"kosongkan, atau tulis {EXTERNAL} di kolom opd")


def _rules(row: Row, lexicon: Lexicon) -> list[_Rule]:
    if not row["phrase"]:
        return [_Rule(row, "", ())] if row["kecamatan"] else []
    read = [_Rule(row, text, meaning(text, lexicon)) for text in values_in(row["phrase"])]
    return [rule for rule in read if all(rule.meaning)]


def _hidden(rule: _Rule, earlier: list[_Rule]) -> Finding | None:
    """The finding for a rule that an earlier one hides: unreachable behind another department, useless behind the
    same; else None.
    """
    over = next((other for other in earlier if other.covers(rule)), None)
    if over is None:
        return None
    field = "phrase" if rule.text else "kecamatan"
    harmless = over.row["opd"] == rule.row["opd"] and not _same(over, rule)
    message = f"tidak pernah dipakai: baris {over.row.line} selalu lebih dulu"
    return rule.row.wrong(field, message, "pindahkan ke atas baris itu, atau hapus", warning=harmless)


def _same(one: _Rule, other: _Rule) -> bool:
    return one.text.casefold() == other.text.casefold() and one.row["kecamatan"] == other.row["kecamatan"]


def _inside(part: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return any(other[at : at + len(part)] == part for at in range(len(other) - len(part) + 1))


_SATURDAY = 5


def check_days(sheets: Sheets, national: WorkCalendar) -> Iterator[Finding]:
    """A day that appears twice is a mistake; one that changes nothing is a warning."""
    first: dict[date, int] = {}
    for row, day in _dated(sheets[DAYS_FILE]):
        if first.setdefault(day, row.line) != row.line:
            yield row.wrong("date", f"{day.isoformat()} sudah ada di baris {first[day]}", "hapus salah satunya")
        elif idle := _without_effect(row, day, national):
            yield row.wrong("date", f"{day.isoformat()} {idle}", "periksa tanggalnya", warning=True)


def check_decreed(sheets: Sheets, base: Mapping[str, str], national: WorkCalendar) -> Iterator[Finding]:
    """Warn for each year that gets its first cuti bersama: a single one ends the alarm about that year."""
    before = _leaves(read_sheet(DAYS_FILE, base[DAYS_FILE].encode()))
    for year, days in sorted(_leaves(sheets[DAYS_FILE]).items()):
        if year not in before and national.undecreed_years((year,)):
            message = f"cuti bersama {year}: {len(days)} hari; dengan ini tahun {year} dianggap lengkap"
            yield of_file(DAYS_FILE, message, "cocokkan dengan SKB, juga hari libur nasionalnya", warning=True)


def _without_effect(row: Row, day: date, national: WorkCalendar) -> str:
    if row["kind"] == WORKED:
        return "memang hari kerja" if national.is_working_day(day) else ""
    if day.weekday() >= _SATURDAY:
        return "jatuh pada akhir pekan"
    name = national.holiday(day) if row["kind"] == FREE else None
    return f"memang libur nasional ({name})" if name else ""


def _leaves(sheet: Sheet) -> dict[int, list[date]]:
    found: dict[int, list[date]] = {}
    for row, day in _dated(sheet):
        if row["kind"] == COLLECTIVE_LEAVE:
            found.setdefault(day.year, []).append(day)
    return found


def _dated(sheet: Sheet) -> Iterator[tuple[Row, date]]:
    """The rows whose date can be read; the check of the cells reports the others."""
    for row in sheet.rows:
        with suppress(ValueError):
            if (day := read_day(row["date"])).year in YEARS:
                yield row, day


def canonical(sheet: Sheet) -> str:
    """The same rows always give the same text, so the same table always has the same version."""
    names = [column.name for column in COLUMNS[sheet.name]]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([row[name] for name in names] for row in sheet.rows)
    return out.getvalue()


_FEW = 5  # number of rows below which a file may be emptied on purpose


@frozen
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


def check(given: Mapping[str, bytes], base: Mapping[str, str], judge: Classifier, national: WorkCalendar) -> Checked:
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
    yield from _words(*(sheets[name] for name in (*SEARCHED, "slang.csv")))


@lru_cache(maxsize=2)
def _words(*searched: Sheet) -> tuple[Finding, ...]:
    """Findings in the files whose words are looked for: the longest part of a check, and mostly the same again."""
    sheets = {sheet.name: sheet for sheet in searched}
    lexicon = read_lexicon({name: [dict(row.cells) for row in sheet.rows] for name, sheet in sheets.items()})
    return (*check_phrases(sheets, lexicon), *check_exceptions(sheets, lexicon))


def _built(files: Mapping[str, str], judge: Classifier) -> Iterator[Finding]:
    """The finding of the builder itself, since it is what will use the table."""
    try:
        build_table(files, judge)
    except TableError as error:
        yield of_file(str(error).split(":")[0].split(",")[0], f"tabel ini tidak bisa dipakai: {error}")
