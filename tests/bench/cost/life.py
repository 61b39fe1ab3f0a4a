"""Ten reports of a city from their form to their end, as people and the clock make them; what each part did."""

from __future__ import annotations
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from tests.bench.cost.meter import Call
from tests.bench.cost.town import Browser, Town
from tests.pictures.given import encoded, scene
from workflows.collection_names import COMPLAINTS
from workflows.domain.complaint.model import Complaint, State, from_document

DESK = "meja@laksa.example"
CLEAR = {
    "Lampu jalan di depan gang kami mati sejak hari Minggu, nomor tiang {n}, kalau malam gelap sekali.": "DISHUB",
    "Sampah di TPS dekat rumah kami RT {n} sudah seminggu tidak diangkut, baunya sampai ke dalam rumah.": "DLH",
}
VAGUE = "Mohon bantuannya pak, sudah {n} bulan kami menunggu dan belum ada tindakan apa pun."
OF_TEN = 10
LONGEST_WAIT = 40
"""Days until a deadline of working days has passed, holidays and all."""
AT_DESK = {2, 5, 8}
"""The router sends about seven of ten by itself."""
WITH_PHOTO = {0, 3, 6}
REMINDED = {1, 3, 5, 7, 9}
"""Whose office answers only after the reminder."""
SILENT = {0, 3, 5, 8}
"""Whose citizen says nothing to the answer, so that time closes the case."""


@dataclass
class Report:
    """One of the ten, and what is known of it by now."""

    number: int
    citizen: Browser
    page: str = ""
    office: str = ""
    link: str = field(default="", repr=False)

    @property
    def ticket(self) -> str:
        """Its number, as letters name it."""
        return self.page.split("/")[2]

    @property
    def address(self) -> str:
        """Where its citizen gets letters."""
        return f"warga{self.number}@contoh.example"

    @property
    def mailbox(self) -> str:
        """Where its office gets letters."""
        return f"{self.office.lower()}@opd.example"


class Life:
    """The parts of ten lives in their order; `parts` walks through them, one after another."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._officer, self._operator = Browser(town, "10.20.0.9"), Browser(town, "10.20.0.8")
        self._reports = [Report(n, Browser(town, f"103.10.{n}.7")) for n in range(OF_TEN)]

    def parts(self) -> Iterator[tuple[str, list[Call]]]:
        """Name and calls of each part."""
        steps: dict[str, Callable[[], None]] = {
            "form, receipt, letter to the office": self._come_in,
            "the desk sends on what was unclear": self._sent_on,
            "the office reads and accepts": self._accepted,
            "half are answered the next day": self._answered_soon,
            "half after the reminder": self._answered_late,
            "citizens confirm, or time closes": self._closed,
            "the question four weeks later": self._asked,
            "contact and photos are erased": self._erased,
        }
        for name, step in steps.items():
            step()
            yield name, self._town.meter.take()

    def _come_in(self) -> None:
        photo = encoded(scene(1, 1600, 1200), quality=85)
        for report in self._reports:
            letter = VAGUE if report.number in AT_DESK else list(CLEAR)[report.number % len(CLEAR)]
            photos = [photo] if report.number in WITH_PHOTO else []
            fields = {"message": letter.format(n=report.number + 3), "email": report.address, "name": "Warga Contoh"}
            report.page = report.citizen.fill_in(*photos, **fields).partition("?")[0]
            report.office = "DLH" if report.number in AT_DESK else CLEAR[letter]
            self._town.later(minutes=12)  # no flood, of which an office would get a list

    def _sent_on(self) -> None:
        for report in self._reports:
            if report.number in AT_DESK:
                link = self._link_in(DESK, report)
                self._operator.open(link)
                self._operator.press(link, action="assign", to=report.office)
                self._town.later(minutes=12)

    def _accepted(self) -> None:
        for report in self._reports:
            report.link = self._link_in(report.mailbox, report)
            self._officer.open(report.link)
            self._officer.press(report.link, action="acknowledge", officer="Pak Budi")

    def _answered_soon(self) -> None:
        self._town.later(hours=22)
        self._answer(report for report in self._reports if report.number not in REMINDED)

    def _answered_late(self) -> None:
        """Each on the day of its own reminder: deadlines differ by what a report is about."""
        late = [report for report in self._reports if report.number in REMINDED]

        def answered() -> bool:
            reminded = [report for report in late if "reminder" in self._case(report).escalation.escalated]
            self._answer(reminded)
            late[:] = [report for report in late if report not in reminded]
            return not late

        self._days_until(answered)

    def _answer(self, reports: Iterable[Report]) -> None:
        for report in reports:
            link = self._link_in(report.mailbox, report)
            self._officer.open(link)
            self._officer.press(link, action="answer", message="Sudah kami tangani.", officer="Pak Budi")

    def _closed(self) -> None:
        for report in self._speaking:
            report.citizen.open(self._link_in(report.address, report))
            report.citizen.press(report.page, action="confirm")
        self._days_until(lambda: all(self._case(report).state == State.CLOSED for report in self._reports))

    def _asked(self) -> None:
        self._town.skip(days=29)
        for report in self._speaking:
            report.citizen.open(self._link_in(report.address, report))
            report.citizen.press(report.page, action="confirm")

    def _erased(self) -> None:
        for _ in ("contact, after twelve months", "photos, after twenty-four"):
            self._town.skip(days=370)
        assert not any(self._town.runtime.photos.names(f"{report.ticket}-") for report in self._reports)

    @property
    def _speaking(self) -> list[Report]:
        return [report for report in self._reports if report.number not in SILENT]

    def _days_until(self, done: Callable[[], bool]) -> None:
        for _ in range(LONGEST_WAIT):
            if done():
                return
            self._town.later(days=1)
        raise AssertionError("waited in vain")

    def _case(self, report: Report) -> Complaint:
        document = self._town.runtime.store.get(COMPLAINTS, report.ticket)
        assert document
        return from_document(document)

    def _link_in(self, to: str, report: Report) -> str:
        return self._town.mails(to, report.ticket)[-1].link.removeprefix(self._town.runtime.settings.url)
