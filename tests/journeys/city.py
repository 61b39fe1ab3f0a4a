"""A running Laksa as people meet it: pages, mails and the clock, nothing of the inside."""

from __future__ import annotations
import email
import email.policy
import json
import os
import re
import signal
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import requests

from tests.builders import CALENDAR
from tests.emulators import free_port
from workflows.adapters.clocks import JumpClock
from workflows.domain.deadlines.calendar import WIB

ROOT = Path(__file__).parents[2]
READY = "Laksa is ready:"
INHERITED = ("PATH", "HOME", "LANG", "FIRESTORE_EMULATOR_HOST", "PUBSUB_EMULATOR_HOST", "CLOUDSDK_CONFIG")
LINK = re.compile(r"^(http://\S+)$", re.MULTILINE)
EACH_COMMAND = """
import contextlib, io, json, sys
from cli.main import main
for words in json.loads(sys.argv[1]):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main(words)
    print(json.dumps([words, status, out.getvalue(), err.getvalue()]))
"""


@dataclass(frozen=True)
class Mail:
    """One caught letter, as its reader sees it."""

    to: str
    subject: str
    text: str
    html: str
    message_id: str
    headers: dict[str, str]

    @property
    def link(self) -> str:
        """The link that stands alone on its line."""
        found = LINK.search(self.text)
        assert found, f"no link in {self.subject!r}"
        return found.group(1)


class City:
    """One Laksa in a process of its own; `stack` is embedded or google. A new city begins at nine on a Tuesday."""

    def __init__(
        self, data: Path, stack: str = "embedded", env: dict[str, str] | None = None, begins: datetime | None = None
    ) -> None:
        self.data, self.stack, self.port = data, stack, free_port()
        self.project = f"laksa-{zlib.crc32(str(data).encode()):x}"  # the emulators hold many cities apart
        self.url = f"http://127.0.0.1:{self.port}"
        self.http = requests.Session()
        self._extra = env or {}
        self._begins = begins or next_tuesday()
        self._ahead = timedelta()
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> City:
        """Start and wait for the ready line."""
        module = "infra.embedded.host" if self.stack == "embedded" else "infra.embedded.google_host"
        command = [sys.executable, "-m", module]
        self._begin()
        with (self.data / "host.log").open("a") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=self.env, stdout=subprocess.PIPE, stderr=log, text=True
            )
        assert self._process.stdout
        for line in self._process.stdout:
            if line.startswith(READY):
                return self
        raise AssertionError(f"Laksa did not start:\n{(self.data / 'host.log').read_text()[-3000:]}")

    @property
    def env(self) -> dict[str, str]:
        """The environment of its host, and of a command beside it."""
        inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
        own = {"PORT": str(self.port), "LAKSA_DATA": str(self.data), "LAKSA_STACK": self.stack}
        return inherited | own | {"GOOGLE_CLOUD_PROJECT": self.project} | self._extra

    def python(self, *words: str) -> subprocess.CompletedProcess[str]:
        """An interpreter in its environment."""
        command = [sys.executable, *words]
        return subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True, timeout=300)

    def laksa(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A command, as an operator types it; the host may run."""
        return self.python("-m", "cli.main", *words)

    def commands(self, *each: Sequence[str]) -> list[subprocess.CompletedProcess[str]]:
        """Several commands in one process: to start one takes longer than what it does."""
        done = self.python("-c", EACH_COMMAND, json.dumps(each))
        assert done.returncode == 0, done.stderr
        return [subprocess.CompletedProcess(*json.loads(line)) for line in done.stdout.splitlines()]

    def _begin(self) -> None:
        """Sets the clock of a new city, so that no journey depends on the hour at which the tests run."""
        self.data.mkdir(parents=True, exist_ok=True)
        clock = JumpClock(file := self.data / "clock.json")
        if not file.exists():
            clock.jump_to(self._begins)
        self._ahead = clock.ahead

    def stop(self) -> int:
        """Ask it to stop; its exit code."""
        return self._end(signal.SIGTERM)

    def kill(self) -> None:
        """kill -9."""
        self._end(signal.SIGKILL)

    def sleep(self, **delta: float) -> None:
        """Be switched off for so long; what fell due meanwhile happens at once when it is started again."""
        assert self.stop() == 0
        clock = JumpClock(self.data / "clock.json")
        clock.jump_to(clock.now() + timedelta(**delta))
        self.start().later(minutes=6)

    @contextmanager
    def ending(self) -> Iterator[None]:
        """Whatever happens in the block, no process of this city outlives it."""
        try:
            yield
        finally:
            if self._process:
                self.kill()

    def _end(self, how: signal.Signals) -> int:
        process = self._process
        assert process and process.stdout
        process.send_signal(how)
        code = process.wait(120)
        process.stdout.close()
        self._process = None
        return code

    def submit(self, message: str, *photos: bytes, **fields: str) -> Ticket:
        """Fill in the form as a browser does and follow to the citizen's page."""
        page = self.http.get(self.url + "/")
        sent = {"message": message, "form_token": hidden(page.text, "form_token"), **fields}
        answer = self.http.post(self.url + "/", data=sent, files=attached(photos), allow_redirects=False)
        assert answer.status_code == 303, (answer.status_code, answer.text[:500])
        return Ticket(self, self.url + answer.headers["Location"])

    def submit_json(self, **fields: Any) -> dict[str, Any]:
        """What a script sends; the created document."""
        answer = self.http.post(self.url + "/", json=fields)
        assert answer.status_code == 201, (answer.status_code, answer.text[:500])
        return dict(answer.json())

    def idle(self) -> None:
        """Wait until no message is in flight and no letter is due."""
        answer = self.http.post(self.url + "/_lokal/idle", timeout=120)
        assert answer.json() == {"idle": True}, answer.text

    def clock(self, at: str) -> dict[str, Any]:
        """Jump to a moment; everything due on the way happens."""
        headers = {"Accept": "application/json"}
        answer = self.http.post(self.url + "/_lokal/clock", data={"at": at}, headers=headers, timeout=300)
        assert answer.status_code == 200, answer.text
        self._ahead = datetime.fromisoformat(answer.json()["now"]) - datetime.now(UTC)
        return dict(answer.json())

    @property
    def now(self) -> datetime:
        """What time it is there."""
        return datetime.now(UTC) + self._ahead

    def later(self, **delta: float) -> dict[str, Any]:
        """Jump forward by so much."""
        return self.clock((self.now + timedelta(**delta)).isoformat())

    def mails(self, to: str = "", about: str = "") -> list[Mail]:
        """Caught letters in order of sending, to an address and about a ticket."""
        self.idle()
        read = [caught(path) for path in sorted((self.data / "mail").glob("*.eml"))]
        return [m for m in read if to in ("", m.to) and about in m.subject + m.text]

    def mail(self, to: str, about: str = "", subject: str = "") -> Mail:
        """The newest letter to somebody about a ticket alone, not a digest that names it."""
        found = [m for m in self.mails(to, about) if about in m.subject and subject in m.subject]
        assert found, f"no mail to {to} about {about}; there are {[(m.to, m.subject) for m in self.mails()]}"
        return found[-1]

    def page(self, url: str) -> dict[str, Any]:
        """A page's JSON."""
        answer = self.http.get(url, headers={"Accept": "application/json"})
        assert answer.status_code == 200, (answer.status_code, answer.text[:300])
        return dict(answer.json())

    def press(self, url: str, action: str, *photos: bytes, **fields: str) -> requests.Response:
        """A POST from a page's form, without following."""
        data = {"action": action, **fields}
        return self.http.post(url, data=data, files=attached(photos), allow_redirects=False)

    def act(self, url: str, action: str, *photos: bytes, **fields: str) -> dict[str, Any]:
        """A POST that must work; the page's JSON afterwards."""
        answer = self._posted(url, action, photos, fields)
        assert answer.status_code == 200, (answer.status_code, answer.text[:500])
        return dict(answer.json())

    def refused(self, url: str, status: int, action: str, *photos: bytes, **fields: str) -> dict[str, Any]:
        """A POST that must be refused with that status; the problem that says why."""
        answer = self._posted(url, action, photos, fields)
        assert answer.status_code == status, (answer.status_code, answer.text[:500])
        assert answer.headers["Content-Type"] == "application/problem+json"
        return dict(answer.json())

    def _posted(self, url: str, action: str, photos: Sequence[bytes], fields: dict[str, str]) -> requests.Response:
        self.idle()  # people act on what has reached them
        data, headers = {"action": action, **fields}, {"Accept": "application/json"}
        return self.http.post(url, data=data, files=attached(photos), headers=headers)


@dataclass(frozen=True)
class Ticket:
    """The citizen's own page."""

    city: City
    url: str

    @property
    def number(self) -> str:
        """LKS-XXXX-XXXX-C"""
        return self.url.rsplit("/", 2)[1]

    def state(self) -> dict[str, Any]:
        """What the page says, as JSON, when all work is done."""
        self.city.idle()
        return self.city.page(self.url)


@cache
def caught(path: Path) -> Mail:
    """A letter in the catcher's folder; once it is there, it does not change."""
    return read_mail(path.read_bytes())


def read_mail(raw: bytes) -> Mail:
    """A letter from its raw bytes."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text and html
    return Mail(
        to=str(message["To"]),
        subject=str(message["Subject"]),
        text=text.get_content().replace("\r\n", "\n"),
        html=html.get_content(),
        message_id=str(message["Message-ID"]),
        headers={name.lower(): str(value) for name, value in message.items()},
    )


def next_tuesday() -> datetime:
    """The coming one, at nine in Jakarta."""
    now = datetime.now(WIB)
    return (now + timedelta(days=(1 - now.weekday()) % 7 or 7)).replace(hour=9, minute=0, second=0, microsecond=0)


def next_quarter() -> datetime:
    """When offices open for the first time in the coming one."""
    today = datetime.now(WIB)
    month = (today.month - 1) // 3 * 3 + 4
    first = datetime(today.year + month // 13, (month - 1) % 12 + 1, 1, tzinfo=WIB)
    return CALENDAR.next_working_moment(first)


def attached(photos: Sequence[bytes]) -> list[tuple[str, tuple[str, bytes]]]:
    """Photos as a form sends them; none leave the form as it is without any."""
    return [("photo", (f"IMG_{n}.jpg", photo)) for n, photo in enumerate(photos, 1)]


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    for tag in re.findall(r"<input[^>]+>", page):
        if f'name="{name}"' in tag:
            found = re.search(r'value="([^"]*)"', tag)
            if found:
                return unescape(found.group(1))
    raise AssertionError(f"no hidden field {name}")


def wait_for(condition: Any, seconds: float = 200) -> None:
    """Poll until true."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)
