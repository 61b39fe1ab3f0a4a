"""A whole Laksa in this process, met by its pages, mails and commands; everything it says is recorded."""

from __future__ import annotations
import email
import email.policy
import io
import json
import logging
import os
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Any
from unittest.mock import patch

from werkzeug.datastructures import MultiDict
from werkzeug.test import Client, TestResponse

from tests.recorded.bus import OrderedBus
from tests.recorded.determinism import Chance, HandClock
from tests.recorded.seam import encode_document, open_city, run_command, stored_documents

URL = "http://127.0.0.1:8080"
SECRET = "rahasia antara kota dan penyedia email"
ENV = {"LAKSA_KEYS": "kunci rekaman yang tetap dan cukup panjang", "LAKSA_INBOUND_SECRET": SECRET}
OF_OURS = ("LAKSA_", "SMTP_", "FIRESTORE_", "PUBSUB_", "GOOGLE_", "K_", "PORT")
LINK = re.compile(r"^(http://\S+)$", re.MULTILINE)
ASSET_VERSION = re.compile(r"(\.(?:css|js|svg)\?v=)[\w-]+")
"""Of a style sheet, by its content: how a page looks may change, what it says may not."""
FOLDED = ("content-type", "content-transfer-encoding", "mime-version", "content-length")
"""Headers that follow from the body, or name a random boundary."""
JSON, HTML = "application/json", "text/html"
PHONE = {"User-Agent": "Mozilla/5.0 (Linux; Android 10) Chrome/120 Mobile"}


@dataclass(frozen=True)
class CaughtMail:
    """One mail as its receiver sees it."""

    to: str
    subject: str
    text: str
    headers: dict[str, str]

    @property
    def link(self) -> str:
        """The path of the link that stands alone on its line."""
        found = LINK.search(self.text)
        assert found, f"no link in {self.subject!r}"
        return found.group(1).removeprefix(URL)


@dataclass(frozen=True)
class Ticket:
    """A complaint that was sent in: its number and its reporter's page."""

    number: str
    path: str


@dataclass
class Town:
    """The open city. `lines` is the recording so far; `html` the pages by their digest, where they are kept."""

    app: Any
    clock: HandClock
    chance: Chance
    bus: OrderedBus
    mail_folder: Path
    html: dict[str, str] | None = None
    lines: list[dict[str, Any]] = field(default_factory=list)
    mails: list[CaughtMail] = field(default_factory=list)
    _read: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._client = Client(self.app, use_cookies=False)

    def ask(self, method: str, path: str, *, accept: str = JSON, step: str = "", **sent: Any) -> TestResponse:
        """One request twenty seconds after the one before; recorded, and everything it caused is done."""
        self.chance.next_step()
        self.clock.wait(seconds=20)
        headers = {"Accept": accept, **PHONE, **sent.pop("headers", {})}
        answer = self._client.open(
            path, method=method, base_url=URL, headers=headers, environ_overrides={"REMOTE_ADDR": "127.0.0.1"}, **sent
        )
        self.lines.append({"step": f"{method} {path}" + (f" {step}" if step else ""), **self._seen(answer)})
        self._settle()
        return answer

    def _seen(self, answer: TestResponse) -> dict[str, Any]:
        headers = {n: v for n, v in sorted(answer.headers.items()) if n != "Content-Length"}
        seen: dict[str, Any] = {"status": answer.status_code, "headers": headers}
        if "json" in answer.content_type and answer.data:
            return seen | {"json": json.loads(answer.data)}
        if answer.content_type.startswith("image/"):
            return seen | {"kind": answer.data[:3].hex()}
        return seen | {"sha256": self._digest(answer.get_data(as_text=True))}

    def _digest(self, text: str) -> str:
        text = ASSET_VERSION.sub(r"\1…", text)
        digest = sha256(text.encode()).hexdigest()[:16]
        if self.html is not None:
            self.html[digest] = text
        return digest

    def _settle(self) -> None:
        """Deliver what is on its way, and write down the mails that have gone out."""
        self.bus.idle(0)
        new = {file.name for file in self.mail_folder.glob("*.eml")} - self._read
        self._read |= new
        for name in sorted(new):
            self._note_mail(self.mail_folder / name)

    def _note_mail(self, file: Path) -> None:
        message = email.message_from_bytes(file.read_bytes())  # email.policy.default parses each header at every look
        parts: dict[str, Any] = {part.get_content_type(): part.get_payload(decode=True) for part in message.walk()}
        words, html = parts["text/plain"].decode().replace("\r\n", "\n"), parts["text/html"].decode()
        headers = {
            n.lower(): str(email.policy.default.header_fetch_parse(n, v))
            for n, v in sorted(message.raw_items())
            if n.lower() not in FOLDED
        }
        self.mails.append(CaughtMail(headers["to"], headers["subject"], words, headers))
        self.lines.append({"mail": headers["subject"], "headers": headers, "text": words, "sha256": self._digest(html)})

    def page(self, path: str) -> Any:
        """A page as JSON."""
        answer = self.ask("GET", path)
        assert answer.status_code == 200, (path, answer.status_code, answer.get_data(as_text=True)[:300])
        return answer.get_json()

    def both(self, *paths: str) -> None:
        """Pages as a program and as a person reads them, whatever they say."""
        for path in filter(None, paths):
            self.ask("GET", path)
            self.ask("GET", path, accept=HTML)

    def look(self, path: str, status: int = 200) -> str:
        """A page as a person reads it."""
        answer = self.ask("GET", path, accept=HTML)
        assert answer.status_code == status, (path, answer.status_code)
        return answer.get_data(as_text=True)

    def photo(self, path: str, status: int = 200) -> None:
        """A photo, or the page that says why it is not shown."""
        answer = self.ask("GET", path, accept="image/*")
        assert answer.status_code == status, (path, answer.status_code)

    def act(self, path: str, action: str, *photos: bytes, status: Any = 200, **fields: str) -> Any:
        """A program's POST that is answered with that status; the page's JSON, or the problem's."""
        return self._post(path, action, photos, fields, JSON, status).get_json()

    def press(self, path: str, action: str, *photos: bytes, status: Any = 303, **fields: str) -> str:
        """A browser's POST that is answered with that status, and the page that follows; its HTML."""
        answer = self._post(path, action, photos, fields, HTML, status)
        if status == 303:
            answer = self.ask("GET", answer.headers["Location"], accept=HTML)
        return answer.get_data(as_text=True)

    def _post(
        self, path: str, action: str, photos: tuple[bytes, ...], fields: dict[str, str], accept: str, status: int
    ) -> TestResponse:
        data = with_photos({"action": action, **fields}, photos)
        answer = self.ask("POST", path, accept=accept, step=action, data=data)
        shown = answer.get_data(as_text=True)[:600]
        assert answer.status_code == status, (action, path, answer.status_code, shown)
        return answer

    def submit(self, message: str, *photos: bytes, status: Any = 303, **fields: str) -> Ticket:
        """Fill in the form as a browser does."""
        form = self.look("/?lang=en" if fields.get("lang") == "en" else "/")
        sent = {"message": message, "form_token": hidden(form, "form_token"), **fields}
        answer = self.ask("POST", "/", accept=HTML, step="form", data=with_photos(sent, photos))
        assert answer.status_code == status, (answer.status_code, answer.get_data(as_text=True)[:600])
        return ticket_of(answer.headers["Location"])

    def submit_json(self, status: int = 201, **fields: Any) -> Ticket:
        """What a program sends."""
        key = {"Idempotency-Key": sha256(json.dumps(fields).encode()).hexdigest()}
        answer = self.ask("POST", "/", step="json", json=fields, headers=key)
        assert answer.status_code == status, (answer.status_code, answer.get_data(as_text=True)[:600])
        return ticket_of(answer.get_json()["url"].removeprefix(URL))

    def mail_in(self, raw: bytes, status: int = 202) -> None:
        """A mail provider hands on what came to one of our addresses."""
        headers = {"Authorization": f"Bearer {SECRET}"}
        answer = self.ask("POST", "/surat-masuk", data=raw, content_type="message/rfc822", headers=headers)
        assert answer.status_code == status, answer.status_code

    def mail(self, to: str, about: str = "", subject: str = "") -> CaughtMail:
        """The newest mail to somebody with these words in its subject."""
        found = [m for m in self.mails if m.to == to and about in m.subject and subject in m.subject]
        assert found, (to, about, subject, [(m.to, m.subject) for m in self.mails[-20:]])
        return found[-1]

    def board(self) -> str:
        """The newest link to the desk's board."""
        lines = (line for mail in reversed(self.mails) for line in mail.text.splitlines())
        return next(line for line in lines if re.fullmatch(rf"{URL}/papan/\S+", line)).removeprefix(URL)

    def clock_to(self, at: datetime) -> None:
        """Move the clock by its page: everything due on the way runs."""
        data = {"at": at.isoformat()}
        answer = self.ask("POST", "/_lokal/clock", step=at.isoformat(timespec="minutes"), data=data)
        assert answer.status_code == 200, answer.get_data(as_text=True)

    def tick(self, name: str, at: datetime) -> None:
        """Move the clock without what is due on the way, and let one scheduled function run."""
        self.chance.next_step()
        self.clock.jump_to(at)
        self.lines.append({"step": f"tick {name} {at.isoformat()}", "status": self.bus.tick(name)})
        self._settle()

    def command(self, *arguments: str, code: int = 0) -> str:
        """The command `laksa` in this process; what it prints."""
        self.chance.next_step()
        out = io.StringIO()
        with redirect_stdout(out):
            found = run_command(arguments)
        self.lines.append({"step": "laksa " + " ".join(arguments), "status": found, "out": out.getvalue()})
        self._settle()
        assert found == code, (arguments, found, out.getvalue()[:500])
        return out.getvalue()


def documents() -> list[tuple[str, str, str]]:
    """What the open city stores, sorted: collection, id, typed JSON with sorted fields."""
    rows = ((c, i, encode_document(dict(sorted(data.items())))) for c, i, data in stored_documents())
    return sorted(rows)


@contextmanager
def town(folder: Path, html: dict[str, str] | None = None) -> Iterator[Town]:
    """A new city in an empty folder, the same each time."""
    settings = ENV | {"LAKSA_DATA": str(folder)}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OF_OURS)}
    clock, chance, bus = HandClock(), Chance(), OrderedBus()
    with patch.dict(os.environ, kept | settings, clear=True), chance.in_force(), log_lines() as said:
        app, close = open_city(clock, bus)
        try:
            place = Town(app, clock, chance, bus, folder / "mail", html)
            yield place
            place.lines.append({"log": dict(sorted(said.items())), "failed": bus.failed})
        finally:
            close()


@contextmanager
def log_lines() -> Iterator[Counter[str]]:
    """How often each line was logged, by level and words."""
    said: Counter[str] = Counter()

    class Counting(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said[f"{record.levelname} {record.msg}"] += 1

    log, handler = logging.getLogger("laksa"), Counting()
    before = log.level
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    try:
        yield said
    finally:
        log.removeHandler(handler)
        log.setLevel(before)


def with_photos(fields: dict[str, str], photos: tuple[bytes, ...]) -> MultiDict[str, Any]:
    """A form's fields and files."""
    data: MultiDict[str, Any] = MultiDict(fields)
    for number, photo in enumerate(photos, 1):
        data.add("photo", (io.BytesIO(photo), f"IMG_{number}.jpg"))
    return data


def ticket_of(path: str) -> Ticket:
    """The complaint whose page lies at that path."""
    return Ticket(path.split("/")[2], path)


def hidden(page: str, name: str) -> str:
    """The value of a hidden field of a page."""
    for tag in re.findall(r"<input[^>]+>", page):
        if f'name="{name}"' in tag and (found := re.search(r'value="([^"]*)"', tag)):
            return unescape(found.group(1))
    raise AssertionError(f"no hidden field {name}")
