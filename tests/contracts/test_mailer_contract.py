"""Both mailers through one suite: the catcher's files, and a real SMTP server on this machine."""

from __future__ import annotations
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from tests.emulators import free_port
from workflows.adapters.file_mailer import MailCatcher
from workflows.adapters.smtp import SmtpMailer
from workflows.failures import MailDeferred, MailRefused
from workflows.ports import Mail, Mailer

ROOT = Path(__file__).parents[2]
FROM = "laksa@kota.example"
NOW = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)
MAIL = Mail(
    to="dishub@opd.example",
    subject="Laporan baru LKS-7K2M-Q9FD-4: jawab sampai 23 November",
    text="Yth. petugas,\n\nhttps://laksa.example/opd/" + "t0ken" * 20 + "\n\nSalam – Laksa “Kota”\n",
    html="<!doctype html><html><head></head><body><p>Yth. petugas – “Kota”</p></body></html>",
    message_id="LKS-7K2M-Q9FD-4.2.new_case.department@laksa.example",
    references="LKS-7K2M-Q9FD-4." + "r" * 80 + "@laksa.example",
    reply_to="laksa+LKS7K2M.sig@kota.example",
    list_id="laporan.laksa.example",
)


class SmtpServer:
    """A server on loopback that answers MAIL, RCPT and DATA as told, and keeps what it took."""

    def __init__(
        self, at_recipient: str = "250 OK", at_data: str = "250 OK", auth: Any = None, at_sender: str = "250 OK"
    ) -> None:
        self.at_sender, self.at_recipient, self.at_data = at_sender, at_recipient, at_data
        self.taken: list[Any] = []
        options = {"authenticator": auth, "auth_require_tls": False} if auth else {}
        self.controller = Controller(self, hostname="127.0.0.1", port=free_port(), **options)

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        envelope.mail_from = address
        return self.at_sender

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if self.at_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.at_recipient

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.at_data.startswith("250"):
            self.taken.append(envelope)
        return self.at_data

    def __enter__(self) -> SmtpServer:
        self.controller.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.controller.stop()

    def mailer(self, user: str = "", scheme: str = "smtp") -> SmtpMailer:
        url = f"{scheme}://{user}127.0.0.1:{self.controller.port}"
        return SmtpMailer(url, FROM, lambda: NOW, timeout=2)


@dataclass(frozen=True)
class Post:
    """A mailer, and the letters that came out at its other end."""

    mailer: Mailer
    letters: Callable[[], list[bytes]]

    def sent(self, mail: Mail) -> EmailMessage:
        self.mailer.send(mail)
        return message_from_bytes(self.letters()[-1], EmailMessage, policy=policy.default)


@pytest.fixture(params=["catcher", "smtp"])
def post(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Post]:
    if request.param == "catcher":
        catcher = MailCatcher(tmp_path, FROM, lambda: NOW)
        yield Post(catcher, lambda: [file.read_bytes() for file in sorted(tmp_path.glob("*.eml"))])
        return
    with SmtpServer() as server:
        yield Post(server.mailer(), lambda: [envelope.content for envelope in server.taken])


def test_a_letter_arrives_as_it_was_written(post: Post) -> None:
    letter = post.sent(MAIL)
    text, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert text and html
    assert text.get_content().splitlines() == MAIL.text.splitlines()
    assert html.get_content().strip() == MAIL.html
    assert (letter["From"], letter["To"]) == (f"Laksa Kota Tangerang <{FROM}>", MAIL.to)
    assert letter["Date"].datetime == NOW


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Subject", MAIL.subject),
        ("Message-ID", f"<{MAIL.message_id}>"),
        ("References", f"<{MAIL.references}>"),
        ("In-Reply-To", f"<{MAIL.references}>"),
        ("Reply-To", MAIL.reply_to),
        ("List-Id", f"<{MAIL.list_id}>"),
        ("Auto-Submitted", "auto-generated"),
        ("Content-Language", "id"),
    ],
)
def test_it_carries_what_mail_programs_and_robots_go_by(post: Post, header: str, value: str) -> None:
    assert post.sent(MAIL)[header] == value


def test_identifiers_stay_whole_in_the_bytes(post: Post) -> None:
    post.mailer.send(MAIL)
    assert f"<{MAIL.references}>".encode() in post.letters()[-1]


def test_the_id_it_was_sent_under_is_told(post: Post) -> None:
    assert post.mailer.send(MAIL) == MAIL.message_id


@pytest.mark.parametrize("subject", ["Jalan “Merdeka” – 3 laporan 👷", "é" * 300, "LKS-7K2M-Q9FD-4 " * 20])
def test_any_subject_arrives(post: Post, subject: str) -> None:
    assert post.sent(replace(MAIL, subject=subject))["Subject"] == subject.strip()


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\n\n", "\x00", "\u2028", "\x85", "\x0b"])
@pytest.mark.parametrize("field", ["subject", "message_id", "references", "list_id", "language", "headers"])
def test_no_header_can_be_smuggled_in(post: Post, field: str, line_break: str) -> None:
    evil = f"halo{line_break}Bcc: korban@warga.example"
    value: Any = {"X-Laksa": evil} if field == "headers" else evil
    letter = post.sent(replace(MAIL, **{field: value}))
    assert letter["Bcc"] is None
    assert b"\nBcc:" not in post.letters()[-1]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "dishub",
        "a@b.example, c@d.example",
        "a@b.example\nBcc: c@d.example",
        "petugas@",
        "süd@opd.example",
        " a@b.example",
    ],
)
def test_an_address_that_is_none_is_refused(post: Post, address: str) -> None:
    with pytest.raises(MailRefused):
        post.mailer.send(replace(MAIL, to=address))
    assert post.letters() == []


@pytest.mark.parametrize("name", ["From", "to", "Bcc", "X-Laksa\nBcc", "X Laksa", ""])
def test_a_header_that_is_not_the_letters_to_set_is_refused(post: Post, name: str) -> None:
    with pytest.raises(MailRefused):
        post.mailer.send(replace(MAIL, headers={name: "x"}))


def test_a_domain_in_other_letters_is_written_to_in_ascii(post: Post) -> None:
    assert post.sent(replace(MAIL, to="dinas@bücher.example"))["To"] == "dinas@xn--bcher-kva.example"


@pytest.mark.parametrize(
    ("at_recipient", "at_data", "error"),
    [
        ("450 4.2.0 later", "250 OK", MailDeferred),
        ("550 5.1.1 nobody", "250 OK", MailRefused),
        ("530 5.7.0 log in first", "250 OK", MailDeferred),
        ("250 OK", "451 4.3.0 later", MailDeferred),
        ("250 OK", "554 5.7.1 never", MailRefused),
    ],
)
def test_the_servers_word_decides_later_or_never(at_recipient: str, at_data: str, error: type[Exception]) -> None:
    with SmtpServer(at_recipient, at_data) as server, pytest.raises(error):
        server.mailer().send(MAIL)
    assert server.taken == []


NOBODY = "550 5.1.1 <dishub@opd.example>: Recipient address rejected: User unknown"


@pytest.mark.parametrize(
    ("answers", "of_the_mailbox"),
    [
        ({"at_recipient": NOBODY}, True),
        ({"at_recipient": "554 5.7.1 <dishub@opd.example>: Relay access denied"}, False),
        ({"at_sender": NOBODY}, False),
        ({"at_data": NOBODY}, False),
    ],
    ids=str,
)
def test_a_refusal_is_the_mailbox_s_if_its_recipient_is_named(answers: dict[str, str], of_the_mailbox: bool) -> None:
    with SmtpServer(**answers) as server, pytest.raises(MailRefused) as refused:
        server.mailer().send(MAIL)
    assert refused.value.mailbox is of_the_mailbox
    assert "@" not in str(refused.value)


def test_a_server_that_cannot_be_reached_means_later() -> None:
    with pytest.raises(MailDeferred):
        SmtpMailer(f"smtp://127.0.0.1:{free_port()}", FROM, timeout=2).send(MAIL)


def test_a_server_that_speaks_no_tls_where_it_must_means_later() -> None:
    with SmtpServer() as server, pytest.raises(MailDeferred):
        server.mailer(scheme="smtps").send(MAIL)


@pytest.mark.parametrize(
    ("told", "id"),
    [
        ("250 2.0.0 Ok: queued as 4Rz1Qk2Zz9", "4Rz1Qk2Zz9"),
        ("250 OK id=1tFhXq-000abc-2D", "1tFhXq-000abc-2D"),
        (
            "250 Ok 0107018f3a2b1c4d-1234abcd-0000-4000-8000-1234567890ab-000000",
            "0107018f3a2b1c4d-1234abcd-0000-4000-8000-1234567890ab-000000",
        ),
        ("250 2.0.0 <abc@mail.example> taken", "abc@mail.example"),
        ("250 2.0.0 OK 1700000000", MAIL.message_id),
    ],
)
def test_the_id_that_the_server_gives_is_kept(told: str, id: str) -> None:
    with SmtpServer(at_data=told) as server:
        assert server.mailer().send(MAIL) == id


@pytest.mark.parametrize(("user", "taken"), [("desk%40kota:s%3Acret%2F1@", 1), ("desk%40kota:wrong@", 0)])
def test_user_and_password_are_url_encoded_and_a_wrong_one_costs_no_letter(user: str, taken: int) -> None:
    def check(server: Any, session: Any, envelope: Any, mechanism: str, data: LoginPassword) -> AuthResult:
        return AuthResult(success=(data.login, data.password) == (b"desk@kota", b"s:cret/1"))

    with SmtpServer(auth=check) as server:
        try:
            server.mailer(user).send(MAIL)
        except MailDeferred:
            assert taken == 0
        assert len(server.taken) == taken


BOUNCES = "pental+7k2mq9fd4d2-confirm_reminder-abcdefghijklmnop@pengaduan.kota.example"


@pytest.mark.parametrize(("envelope_from", "goes_to"), [(BOUNCES, BOUNCES), ("", FROM)])
def test_a_bounce_would_go_to_the_letter_s_own_address_and_else_to_ours(
    tmp_path: Path, envelope_from: str, goes_to: str
) -> None:
    letter = replace(MAIL, envelope_from=envelope_from)
    with SmtpServer() as server:
        server.mailer().send(letter)
    assert server.taken[0].mail_from == goes_to
    assert b"Return-Path" not in server.taken[0].content
    MailCatcher(tmp_path, FROM).send(letter)
    (caught,) = tmp_path.glob("*.eml")
    assert f"Return-Path: <{goes_to}>".encode() in caught.read_bytes()


def test_an_address_for_bounces_that_is_none_is_refused(post: Post) -> None:
    with pytest.raises(MailRefused):
        post.mailer.send(replace(MAIL, envelope_from="pental+x\nRCPT TO:<a@b.example>"))
    assert post.letters() == []


def test_the_machines_name_is_not_told() -> None:
    with SmtpServer() as server:
        names: list[str] = []

        async def handle_EHLO(smtp: Any, session: Any, envelope: Any, name: str, answers: list[str]) -> list[str]:  # noqa: N802
            names.append(name)
            session.host_name = name
            return answers

        server.handle_EHLO = handle_EHLO  # type: ignore[attr-defined]
        server.mailer().send(MAIL)
    assert names == ["kota.example"]


def test_names_of_files_are_in_the_order_of_sending_newest_read_first(tmp_path: Path) -> None:
    catcher = MailCatcher(tmp_path, FROM, lambda: NOW)
    for number in range(12):
        catcher.send(replace(MAIL, subject=f"surat {number}", message_id=f"{number}@laksa.example"))
    assert [file.name[:7] for file in sorted(tmp_path.glob("*.eml"))] == [f"{n:06d}-" for n in range(1, 13)]
    assert [mail.subject for mail in catcher.caught()] == [f"surat {n}" for n in range(11, -1, -1)]
    third = catcher.one(3)
    assert third and (third.subject, third.text, third.sent) == ("surat 2", MAIL.text, NOW)
    assert catcher.one(99) is None


def test_a_letter_it_holds_already_is_taken_as_sent_and_not_written_again(tmp_path: Path) -> None:
    catcher, beside = MailCatcher(tmp_path, FROM), MailCatcher(tmp_path, FROM)
    other = replace(MAIL, message_id="other@laksa.example")
    for mailer in (catcher, catcher, beside, MailCatcher(tmp_path, FROM)):
        assert mailer.send(MAIL) == MAIL.message_id
    assert beside.send(other) == other.message_id
    assert catcher.send(other) == other.message_id
    assert [mail.number for mail in catcher.caught()] == [2, 1]
    assert not list(tmp_path.glob("*.part"))


def test_two_processes_that_send_the_same_letters_send_each_once(tmp_path: Path) -> None:
    with _writer(tmp_path, "same", 15) as one, _writer(tmp_path, "same", 15) as other:
        assert len([*(one.stdout or []), *(other.stdout or [])]) == 90
    subjects = [mail.subject for mail in MailCatcher(tmp_path, FROM).caught()]
    assert len(subjects) == len(set(subjects)) == 45


_WRITER = """
import json, os, sys, threading
from pathlib import Path
from workflows.adapters.file_mailer import MailCatcher
from workflows.ports import Mail
catcher = MailCatcher(Path(sys.argv[1]), "laksa@kota.example")
def write(thread):
    for n in range(int(sys.argv[3])):
        id = f"{sys.argv[2]}.{thread}.{n}@laksa.example"
        catcher.send(Mail(to="a@b.example", subject=id, text="isi " * 200, html="<p>isi</p>", message_id=id))
        os.write(1, json.dumps(id).encode() + b"\\n")
threads = [threading.Thread(target=write, args=(n,)) for n in range(3)]
[t.start() for t in threads]; [t.join() for t in threads]
"""


def _writer(folder: Path, name: str, letters: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _WRITER, str(folder), name, str(letters)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_processes_and_a_kill_lose_no_letter_that_was_acknowledged(tmp_path: Path) -> None:
    with _writer(tmp_path, "killed", 1000) as killed, _writer(tmp_path, "other", 15) as other:
        while len(list(tmp_path.glob("*.eml"))) < 40:
            time.sleep(0.01)
        killed.send_signal(signal.SIGKILL)
        lines = [*(killed.stdout or []), *(other.stdout or [])]
    acknowledged = {json.loads(line) for line in lines if line.endswith("\n")}
    MailCatcher(tmp_path, FROM).send(replace(MAIL, subject="sesudahnya"))
    caught = MailCatcher(tmp_path, FROM).caught()
    assert caught[0].subject == "sesudahnya"
    assert acknowledged <= {mail.subject for mail in caught}
    assert len({mail.number for mail in caught}) == len(caught)
    assert all(mail.html.strip() == "<p>isi</p>" for mail in caught[1:])
