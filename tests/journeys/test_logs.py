"""A city in which much goes wrong: each line it logs is an entry of Cloud Logging, and none tells of anybody."""

from __future__ import annotations
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.contracts.test_mailer_contract import SmtpServer
from tests.inbound.samples import raw_bounce
from tests.journeys.city import City, Mail, Ticket, wait_for
from tests.journeys.conftest import STACKS
from tests.journeys.log_leaks import addresses_in, found_in, lines_of_letters, secrets_of, words_typed
from tests.journeys.offices import DESK, DISHUB, LAMP, VAGUE
from tests.journeys.test_reply_by_mail import SECRET, answer_to, hand_in
from tests.log_lines import LABELS, TRACE, Line, lines_of
from tests.pictures.given import phone_photo
from tests.workflows.world import INDEXES
from workflows.adapters.sqlite import SqliteStore
from workflows.collection_names import COMPLAINTS
from workflows.topics import COMPLAINT_RECEIVED

NAME, EMAIL, PHONE = "Ratnaningsih Wulandari", "ratna.wulan@kotak-rahasia.example", "081377889911"
NIK, PLATE = "3671012508790003", "B 1234 KZT"
PLACE = "Jalan Kenanga Raya nomor tujuhbelas"
WORDS = f"{LAMP} Saya {NAME}, NIK {NIK}, motor {PLATE}, telepon {PHONE} atau {EMAIL}."
DONE, DISPUTED = "Gardunya sudah dibetulkan.", "Ternyata masih padam, tolonglah."
BY_MAIL = "Tiangnya keropos juga."
TYPED = (WORDS, NAME, PLACE, DONE, DISPUTED, BY_MAIL, "Bambang Petugaswan", "rumah-ratnaningsih.jpg")
NUMBERS = (PHONE, PHONE[1:], NIK, PLATE, "1234KZT", "1234 kzt")
TRACED = "0123456789abcdef0123456789abcdef"
PARENT = {"traceparent": f"00-{TRACED}-0123456789abcdef-01"}


@dataclass
class Lived:
    """What a city has logged, and what must not stand there."""

    stack: str
    ticket: Ticket
    broken: Ticket
    mails: list[Mail]
    log: str = ""
    urls: list[str] = field(default_factory=list)

    @property
    def lines(self) -> list[Line]:
        return lines_of(self.log)

    def said(self, message: str) -> list[Line]:
        return [line for line in self.lines if line["message"] == message]


@pytest.fixture(scope="module", params=STACKS)
def lived(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    """A report through everything; on one of the stacks also a mail server that refuses all."""
    if request.param == "google":
        request.getfixturevalue("firestore_emulator")
        request.getfixturevalue("pubsub_emulator")
    folder = tmp_path_factory.mktemp(f"logs-{request.param}")
    city = City(folder, request.param, {"LAKSA_INBOUND_SECRET": SECRET}).start()
    lived = lives(city)
    assert city.stop() == 0
    if city.stack == "embedded":
        refused(city)
    lived.log = (city.data / "host.log").read_text("utf-8")
    yield lived


def lives(city: City) -> Lived:
    """With a form, an office, the desk, replies, a bounce, an erasure, strangers, and records that are broken."""
    ticket, broken = report(city, WORDS), report(city, VAGUE)
    link = city.mail(DISHUB, ticket.number).link
    city.act(link, "contact", reason=f"Mau menelepon {NAME}.", officer="Bambang Petugaswan")
    city.act(link, "answer", message=DONE, officer="Bambang Petugaswan")
    city.act(ticket.url, "dispute", phone_photo(2), message=DISPUTED)
    desk = city.mail(DESK, broken.number).link
    city.act(desk, "assign", to="DLH", message=f"Pelapor {NAME}, {PHONE}.")
    answered_by_mail(city, ticket)
    strangers(city, link, ticket)
    mails = city.mails()
    assert city.laksa("erase", ticket.number, "--yes").returncode == 0
    breaks(city, broken)
    return Lived(city.stack, ticket, broken, mails, urls=[ticket.url, broken.url, link, desk])


def report(city: City, words: str) -> Ticket:
    who = {"name": NAME, "email": EMAIL, "phone": PHONE, "place": PLACE, "contact": "yes"}
    page = city.http.get(city.url + "/").text
    token = page.partition('name="form_token" value="')[2].partition('"')[0]
    photo = [("photo", ("rumah-ratnaningsih.jpg", phone_photo()))]
    sent = {"message": words, "form_token": token, **who}
    answer = city.http.post(city.url + "/", data=sent, files=photo, headers=PARENT, allow_redirects=False)
    assert answer.status_code == 303, answer.text[:300]
    return Ticket(city, city.url + answer.headers["Location"])


def answered_by_mail(city: City, ticket: Ticket) -> None:
    """A citizen's reply, a letter that comes back, and bytes that are no mail."""
    receipt = city.mail(EMAIL, ticket.number)
    assert hand_in(city, answer_to(receipt, BY_MAIL, From=f"{NAME} <{EMAIL}>")).status_code == 202
    letter = city.mail(DISHUB, ticket.number)
    bounce = raw_bounce("postfix.eml", letter.headers["return-path"].strip("<>"))
    assert hand_in(city, bounce).status_code == 202
    assert hand_in(city, f"{NAME}\0{EMAIL}".encode()).status_code == 202
    city.idle()


def strangers(city: City, link: str, ticket: Ticket) -> None:
    """Forged links, a wrong secret, a path that nobody has, and a body that is none."""
    for url in (link[:-4] + "AAAA", ticket.url[:-4] + "AAAA", f"{city.url}/{EMAIL}", f"{city.url}/papan/{NAME}"):
        city.http.get(url, headers=PARENT)
    assert hand_in(city, b"x", "rahasia yang salah").status_code == 401
    city.http.post(city.url + "/", data=f"--x {NAME}".encode(), headers={"Content-Type": "multipart/form-data"})
    city.http.post(city.url + "/", data=f'{{"message": "{NAME}', headers={"Content-Type": "application/json"})
    city.http.post(city.url + "/laporan", data={"ticket": ticket.number, "email": EMAIL, "phone": PHONE})


def breaks(city: City, ticket: Ticket) -> None:
    """A record that no code has written, and messages that make no sense, each with a name in it."""
    with closing(store_of(city)) as store:
        store.transact(lambda tx: tx.update(COMPLAINTS, ticket.number, {"received_at": f"{NAME} {PHONE}"}))
    assert city.http.get(ticket.url, headers=PARENT).status_code == 500
    if city.stack == "google":
        nonsense(city)


def store_of(city: City) -> Any:
    if city.stack == "embedded":
        return SqliteStore(city.data / "laksa.db", INDEXES)
    from workflows.adapters.firestore import FirestoreStore

    return FirestoreStore(city.project, INDEXES)


def nonsense(city: City) -> None:
    """On Pub/Sub's own topic, as whoever may publish there could do."""
    from google.cloud.pubsub_v1 import PublisherClient

    client: Any = PublisherClient()
    path = client.topic_path(city.project, COMPLAINT_RECEIVED)
    for data in (f"{{{NAME}", f'{{"ticket": "{NAME} {EMAIL}"}}', f'{{"ticket": "{EMAIL}/x"}}'):
        client.publish(path, data.encode()).result(30)
    client.transport.close()
    wait_for(lambda: (city.data / "host.log").read_text("utf-8").count("BadMessage") >= 2)


def refused(city: City) -> None:
    """The same city with a mail server that takes nothing, and says to whom."""
    with SmtpServer(at_recipient=f"550 5.1.1 <{EMAIL}> {NAME}: no such user") as server:
        smtp = {"SMTP_URL": f"smtp://127.0.0.1:{server.controller.port}", "LAKSA_URL": city.url}
        real = City(city.data, city.stack, {"LAKSA_INBOUND_SECRET": SECRET} | smtp)
        real.start()
        real.submit(WORDS.replace("Minggu", "Senin"), name=NAME, email=EMAIL)
        wait_for(lambda: (city.data / "host.log").read_text("utf-8").count("mail failed") >= 2)
        assert real.stop() == 0


def test_each_line_is_an_entry_and_what_went_wrong_is_among_them(lived: Lived) -> None:
    wrong = [(line["error"], line[LABELS]) for line in lived.said("request failed")]
    assert ("TypeError", {"function": "complaint_page", "ticket": lived.broken.number}) in wrong
    said = {line["message"] for line in lived.lines}
    assert {"mail sent", "mail bounced", "case read", "swept"} <= said
    assert ("mail failed" in said) == (lived.stack == "embedded")
    assert ({"BadMessage", "UnknownComplaint"} <= {error for error, _ in wrong}) == (lived.stack == "google")


def test_a_line_of_a_request_names_its_trace_where_google_gives_one(lived: Lived) -> None:
    traced = {line.get(TRACE, "") for line in lived.lines} - {""}
    assert all(name.endswith(f"/traces/{TRACED}") for name in traced)
    assert len(traced) == (lived.stack == "google")


def test_nobody_and_nothing_they_wrote_is_in_the_log(lived: Lived) -> None:
    assert found_in(lived.log, NUMBERS) == []
    assert found_in(lived.log, words_typed(TYPED)) == []
    assert addresses_in(lived.log) == []


def test_no_line_of_a_letter_and_nothing_that_opens_a_link_is_in_the_log(lived: Lived) -> None:
    secrets = secrets_of(lived.mails, *lived.urls)
    assert len(secrets) > 5
    assert found_in(lived.log, secrets) == []
    assert found_in(lived.log, lines_of_letters(lived.mails)) == []
