"""A mailer that sends nothing: every mail becomes one file, numbered in the order of sending. Also finds the
caught mails about one complaint by their headers, and deletes them, as an erasure needs it.
"""

from __future__ import annotations
import fcntl
import os
import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from hashlib import sha256
from pathlib import Path

from workflows.adapters.local_files import sync_folder
from workflows.adapters.mime import address_of, build_message, utc_now
from workflows.domain.notifications.notice import parent_code
from workflows.frozen import frozen
from workflows.ports import CaughtLetter, Mail

WIDTH = 12
DIGEST = 20
_NUMBERED = re.compile(r"(\d{6,})-.*\.eml")


@frozen
class CaughtMail:
    """One caught mail as its receiver would read it; `sent` is aware."""

    number: int
    file: Path
    subject: str
    to: str
    sent: datetime
    text: str
    html: str


class MailCatcher:
    """Mailer into a folder, one `.eml` file per mail. Threads and processes may share it; a kill leaves no partial
    mail. A mail whose Message-ID is stored already counts as sent: no second file.
    """

    def __init__(self, folder: Path, mail_from: str, now: Callable[[], datetime] = utc_now) -> None:
        self._folder = folder
        self._mail_from = mail_from
        self._now = now
        self._read: dict[str, CaughtMail] = {}
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._held: set[str] = set()
        self._seen = -1

    def send(self, mail: Mail) -> str:
        """Store a mail and return its id; it is on disk then. MailRefused for an invalid address."""
        message = build_message(mail, self._mail_from, self._now())
        # as the last server on the way writes it: the address for bounces
        message["Return-Path"] = f"<{address_of(mail.envelope_from or self._mail_from).addr_spec}>"
        written = self._folder / f".{uuid.uuid4().hex}.part"
        _write_through(written, message.as_bytes())
        with self._sequence() as sequence:
            self._take(written, f"{_digest(mail.message_id)}-{_slug(mail.to)}.eml", sequence)
            sync_folder(self._folder)
        return mail.message_id

    def _take(self, written: Path, name: str, sequence: int) -> None:
        """Give a written mail its number, or discard it if its Message-ID is stored already."""
        last = _read_number(sequence)
        if last != self._seen:
            last = max(last, self._look_around())
        if name[:DIGEST] in self._held:
            written.unlink()
        else:
            last += 1
            _write_number(sequence, last)
            written.rename(self._folder / f"{last:06d}-{name}")
            self._held.add(name[:DIGEST])
        self._seen = last

    def _look_around(self) -> int:
        """Learn which mails other processes have stored; returns the highest number."""
        files = list(self._files())
        self._held.update(file.name.split("-", 1)[1][:DIGEST] for _, file in files)
        return max((number for number, _ in files), default=0)

    def caught(self) -> list[CaughtMail]:
        """Every caught mail, newest first."""
        return [self._parsed(number, file) for number, file in sorted(self._files(), reverse=True)]

    def one(self, number: int) -> CaughtMail | None:
        """The mail of that number, or None."""
        found = next((file for n, file in self._files() if n == number), None)
        return self._parsed(number, found) if found else None

    def _files(self) -> Iterator[tuple[int, Path]]:
        for file in self._folder.iterdir():
            if match := _NUMBERED.fullmatch(file.name):
                yield int(match[1]), file

    def _parsed(self, number: int, file: Path) -> CaughtMail:
        if file.name not in self._read:
            self._read[file.name] = _parse(number, file)
        return self._read[file.name]

    @contextmanager
    def _sequence(self) -> Iterator[int]:
        """Hold the locked file of the last number and yield the number; the kernel releases the lock of a killed
        process.
        """
        descriptor = os.open(self._folder / ".sequence", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield descriptor
        finally:
            os.close(descriptor)


def _read_number(sequence: int) -> int:
    return int(os.pread(sequence, WIDTH, 0) or b"0")


def _write_number(sequence: int, number: int) -> None:
    # a single write of fixed width: a kill leaves the old number or the new, never an empty file
    os.pwrite(sequence, f"{number:0{WIDTH}d}".encode(), 0)


def _digest(message_id: str) -> str:
    return sha256(message_id.encode()).hexdigest()[:DIGEST]


def _write_through(file: Path, content: bytes) -> None:
    with file.open("xb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def _slug(address: str) -> str:
    return re.sub(r"[^a-z0-9.@-]+", "-", address.lower()).strip("-.")[:60] or "mail"


def _parse(number: int, file: Path) -> CaughtMail:
    message = message_from_bytes(file.read_bytes(), EmailMessage, policy=default)
    return CaughtMail(
        number=number,
        file=file,
        subject=str(message["Subject"]),
        to=str(message["To"]),
        sent=message["Date"].datetime,
        text=_part(message, "plain"),
        html=_part(message, "html"),
    )


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()).replace("\r\n", "\n") if part else ""


HEAD = 4096
"""Bytes at the beginning of a mail in which the headers name its complaint."""


class CaughtFolder:
    """The folder of caught mails, also one filled before the city began to send; it may be missing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def about(self, ticket: str) -> list[CaughtLetter]:
        """Mails about that complaint, and those that inform its followers, in order of sending. A mail about
        several complaints belongs to none.
        """
        return [letter for file in self._naming(ticket) if (letter := _letter(file, ticket))]

    def delete(self, name: str) -> None:
        """Delete a mail durably (fsync of the folder)."""
        (self._folder / name).unlink(missing_ok=True)
        sync_folder(self._folder)

    def _naming(self, ticket: str) -> Iterator[Path]:
        for file in sorted(self._folder.glob("*.eml")):
            with file.open("rb") as opened:
                head = opened.read(HEAD)
                if ticket.encode() in head or _in_news(ticket).encode() in head:
                    yield file


def _letter(file: Path, ticket: str) -> CaughtLetter | None:
    message = message_from_bytes(file.read_bytes(), EmailMessage, policy=default)
    id = str(message["Message-ID"]).strip().lstrip("<").rpartition("@")[0]
    if not id.startswith(f"{ticket}.") and _in_news(ticket) not in id:
        return None
    return CaughtLetter(file.name, id.removesuffix(".fallback"), _words(message))


def _in_news(ticket: str) -> str:
    """The part of a follower notice's id that names the parent complaint."""
    return f"_{parent_code(ticket)}."


def _words(message: EmailMessage) -> str:
    bodies = (message.get_body((kind,)) for kind in ("plain", "html"))
    return "\n".join([str(message["To"]), *(str(body.get_content()) for body in bodies if body)])
