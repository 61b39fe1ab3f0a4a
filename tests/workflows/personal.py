"""A report whose personal data lies in every place there is, and a look into every file for it."""

from __future__ import annotations
import quopri
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from email.message import EmailMessage
from pathlib import Path

from tests.builders import MONDAY
from tests.pictures.given import encoded, scene
from tests.workflows.world import INDEXES, HandClock, World
from workflows.adapters.file_mailer import CaughtFolder, MailCatcher
from workflows.adapters.local_files import ErasureFile
from workflows.adapters.photo_folder import PhotoFolder
from workflows.adapters.sqlite import SqliteStore
from workflows.citizen import intake
from workflows.domain.actions.engine import OfficerAct
from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.transition import TimelineEvent
from workflows.domain.intake.submission import Submission
from workflows.domain.notifications.notice import Notice
from workflows.mail import inbound_mail
from workflows.mail.send_notice import MailText, Sending
from workflows.office import casework
from workflows.privacy.ledger import ErasureContext

NAME, EMAIL, PHONE = "Siti Zubaedah", "Siti.Zubaedah@contoh.example", "+6281234567890"
TEXT = (
    "Sampah di depan Gang Mangga di Cikokol sudah seminggu tidak diangkut. Saya Zubaedah, hp 0812-3456-7890 "
    "atau siti.zubaedah@contoh.example."
)
SENT = Submission(TEXT, NAME, EMAIL, PHONE, place="Gang Mangga 7, rumah Zubaedah", contact=True)
WHO = ("zubaedah", "contoh.example", "81234567890", "3456-7890")
"""By which the person is known, in small letters."""
SAID = ("seminggu tidak diangkut", "mangga", "tetangga juga", "atas nama pelapor", "petugas rani")
"""What stands in text, place, mails and timeline."""


@dataclass
class City(World):
    """A world in a folder of its own, whose letters say everything and are caught there."""

    folder: Path = Path("nowhere")

    @property
    def sending(self) -> Sending:
        catcher = MailCatcher(self.folder / "mail", "laksa@laksa.example", self.clock.now)
        return replace(super().sending, render=_wordy, mailer=catcher)

    @property
    def keepers(self) -> ErasureContext:
        ledger = ErasureFile(self.folder / "erasures.jsonl")
        return ErasureContext(self.services, CaughtFolder(self.folder / "mail"), ledger)


def _wordy(complaint: Complaint, timeline: tuple[TimelineEvent, ...], notice: Notice, link: str) -> MailText:
    said = "\n".join([complaint.text, complaint.place, *(entry.text for entry in timeline), link])
    return MailText(f"{notice.ticket}: {notice.template}", said, f"<p>{said}</p>")


@contextmanager
def city_in(folder: Path) -> Iterator[City]:
    """A city in that folder, on a Monday morning, its store closed afterwards."""
    store = SqliteStore(folder / "laksa.db", INDEXES)
    try:
        yield City(store, HandClock(MONDAY), photos=PhotoFolder(folder / "photos"), folder=folder)
    finally:
        store.close()


def lived(city: City, sent: Submission = SENT) -> str:
    """The ticket of a report that its office works on, with photos, proof, letters, and mails not read yet."""
    envelope = intake.SubmissionMeta(f"form of {sent.email}", "a hash of an address", photos=(encoded(scene(1)),))
    ticket = intake.submit(city.services, sent, envelope).ticket
    city.work()
    token = city.token(ticket, assignment_no=city.case(ticket).assignment_no)
    at_work = OfficerAct("progress", officer="Petugas Rani", message="Ibu Zubaedah, sudah dilihat.")
    casework.perform_action(city.services, token, at_work, [encoded(scene(2))])
    casework.perform_action(city.services, token, OfficerAct("contact", reason="Atas nama pelapor, Ibu Zubaedah"))
    city.work()
    inbound_mail.take_in(city.services, _mail(city, sent, f"{ticket}.2.receipt.citizen", "Tetangga juga mengeluh."))
    stray = inbound_mail.take_in(city.services, _mail(city, sent, "", "Mengapa belum ada kabar?"))
    inbound_mail.read_inbound_mail(city.services, "laksa.example", stray)
    city.bus.messages.clear()
    return ticket


def _mail(city: City, sent: Submission, letter: str, words: str) -> bytes:
    """A mail of that person's, to a letter or to nobody we know."""
    key = city.services.links.mail_key("reply", letter) if letter else "none"
    message = EmailMessage()
    message["From"], message["To"] = f"{sent.name} <{sent.email}>", f"balas+{key}@laksa.example"
    message["Subject"], message["Message-ID"] = "Re: laporan", f"<{letter or sent.name.split()[0]}@contoh.example>"
    message.set_content(words)
    return message.as_bytes()


def found(folder: Path, words: tuple[str, ...]) -> list[tuple[str, str]]:
    """Where any of these words stands in a file below a folder, or in a file's name, large or small."""
    files = [file for file in sorted(folder.rglob("*")) if file.is_file()]
    return [(str(file.relative_to(folder)), word) for file in files for word in words if word.encode() in _all(file)]


def _all(file: Path) -> bytes:
    """A file's name and bytes in small letters, and what they say where they are a mail's."""
    raw = file.name.encode() + file.read_bytes()
    return (raw + quopri.decodestring(raw) if file.suffix == ".eml" else raw).lower()
