"""What an office does with a case: forwards, returns, asks, delegates, reads the contact; what links show."""

from __future__ import annotations
from datetime import datetime, timedelta

import pytest

from tests.journeys.city import City, Ticket, hidden
from tests.journeys.offices import CITIZEN, DESK, DISHUB, DLH, LAMP, TRASH, events, given
from tests.pictures.given import phone_photo

QUESTION = "TPS yang mana? Mohon sebutkan nama jalan atau patokannya."
ANSWER = "TPS di belakang Pasar Anyar, dekat gerbang timur."


@pytest.fixture
def case(town: City) -> tuple[Ticket, str]:
    """A report with DLH, and its link."""
    return given(town, TRASH, DLH)


def moment(page: dict[str, str], name: str = "deadline") -> datetime:
    return datetime.fromisoformat(page[name])


def subjects(city: City, ticket: Ticket, to: str) -> list[str]:
    return [mail.subject for mail in city.mails(to, ticket.number) if mail.subject.startswith(ticket.number)]


def test_a_case_handed_round_keeps_its_deadline_and_ends_at_the_desk(town: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case
    deadline, sent = ticket.state()["deadline"], {"to": "PUPR", "message": "Ini di pinggir kali."}
    for _ in range(2):
        assert town.press(link, "forward", **sent).status_code == 303
    assert len(town.mails("pupr@opd.example", ticket.number)) == 1
    assert (town.http.get(link).status_code, town.press(link, "acknowledge").status_code) == (410, 410)
    second = town.mail("pupr@opd.example", ticket.number).link
    assert town.page(second)["deadline"] == ticket.state()["deadline"] == deadline
    town.act(second, "forward", to="PDPASAR", message="Bukan bagian kami.")
    again = town.act(link, "forward", **sent)
    assert (again["department"], again["timeline"], again["message"]) == (None, [], ""), "its link is done"
    third = town.mail("pdpasar@opd.example", ticket.number).link
    town.act(third, "forward", to="SATPOLPP", message="Bukan bagian kami.")
    assert ticket.state()["status"] == "at_desk"


def test_a_case_sent_back_reaches_the_operator_with_reason_and_new_link(town: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case
    for _ in range(2):
        assert town.press(link, "renew").status_code == 303
    renewed = [mail for mail in town.mails(about=ticket.number) if "tautan baru" in mail.subject]
    assert [mail.to for mail in renewed] == [DLH]
    assert town.act(renewed[0].link, "not-ours", message="Ini lahan milik provinsi.")["status"] == "at_desk"
    page = town.page(town.mail(DESK, ticket.number).link)
    assert "lahan milik provinsi" in str(page["timeline"]) and page["suggestions"][0]["code"] != "DLH"


def test_a_dispute_reopens_and_the_head_whom_it_reaches_can_answer(town: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case
    town.act(link, "answer", message="Sudah diangkut.")
    assert town.act(ticket.url, "dispute", message="Masih menumpuk, baru separuh.")["status"] == "in_progress"
    assert "Masih menumpuk" in town.mail(DLH, ticket.number, "belum selesai").text
    head = town.mail("kepala.dlh@opd.example", ticket.number, "keberatan").link
    assert town.act(head, "answer", message="Saya cek sendiri, sudah bersih.")["status"] == "answered"


def test_a_lost_link_comes_by_mail_and_the_page_never_tells(town: City, case: tuple[Ticket, str]) -> None:
    ticket, _ = case
    asked = [(ticket.number.lower(), CITIZEN.upper()), (ticket.number, "lain@contoh.example")]
    sent = [{"ticket": number, "email": email} for number, email in asked]
    answers = [town.http.post(town.url + "/laporan", data=fields).text for fields in sent]
    assert answers[0] == answers[1]
    assert town.mail(CITIZEN, ticket.number, "tautan").link == ticket.url
    assert not town.mails("lain@contoh.example")


def test_a_restricted_case_is_closed_to_the_desk_once_it_has_left_it(town: City) -> None:
    ticket = town.submit("Petugas kelurahan minta uang 50 ribu untuk surat pengantar, tidak bayar tidak dibuatkan.")
    inspector = town.mail("inspektorat@opd.example", ticket.number).link
    town.act(inspector, "not-ours", message="Ini urusan ketertiban, bukan pengawasan.")
    link = town.mail(DESK, ticket.number).link
    assert "uang 50 ribu" in town.page(link)["message"]
    assert town.act(link, "assign", to="SATPOLPP")["message"] == ""
    assert town.http.get(link).status_code == 410


def test_the_clock_stands_until_the_citizen_answers(city: City) -> None:
    ticket, link = given(city, TRASH, DLH)
    deadline = moment(city.page(link))
    for _ in range(2):
        assert city.press(link, "ask", message=QUESTION, officer="Bu Rani").status_code == 303
    asked = city.page(link)
    until = moment(asked["next"], "until")
    assert (asked["status"], asked["next"]["who"], until > deadline) == ("waiting_for_citizen", "Pelapor", True)
    letter = city.mail(CITIZEN, ticket.number, "perlu keterangan dari Anda")
    assert QUESTION in letter.text and letter.link == ticket.url and QUESTION in city.http.get(ticket.url).text
    city.clock((until - timedelta(hours=1)).isoformat())
    assert len(subjects(city, ticket, DLH)) == 1  # nothing was due of them
    answered = city.act(ticket.url, "add", phone_photo(), message=ANSWER)
    assert (answered["status"], events(answered)[2:]) == ("in_progress", ["asked", "replied"])
    assert moment(answered) > until
    assert ANSWER in city.mail(DLH, ticket.number, "pelapor sudah menjawab").text
    assert city.http.get(f"{link}/foto/1").status_code == 200
    assert city.act(link, "answer", message="Sudah diangkut dari TPS itu.")["status"] == "answered"


def test_silence_starts_the_clock_and_the_next_question_stops_it_not(city: City) -> None:
    ticket, link = given(city, TRASH, DLH)
    before = moment(city.page(link))
    until = moment(city.act(link, "ask", message=QUESTION)["next"], "until")
    city.clock((until + timedelta(minutes=6)).isoformat())
    page = city.page(link)
    assert (page["status"], events(page)[-1]) == ("in_progress", "no_reply")
    assert moment(page) > before
    assert QUESTION in city.mail(DLH, ticket.number, "belum ada jawaban dari pelapor").text
    again = city.act(link, "ask", message="Apakah TPS itu di tepi jalan besar?")
    assert (again["status"], again["deadline"]) == ("in_progress", page["deadline"])
    assert "tetap berjalan" in city.mail(CITIZEN, ticket.number, "perlu keterangan").text
    told = city.act(ticket.url, "add", message=ANSWER)
    assert (told["status"], told["deadline"], events(told)[-1]) == ("in_progress", page["deadline"], "replied")
    assert "Batas waktu tetap" in city.mail(DLH, ticket.number, "pelapor sudah menjawab").text


def test_a_question_needs_words_and_need_not_be_waited_for(town: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case
    page = town.press(link, "ask", message="   \n", officer="Bu Rani")
    assert (page.status_code, 'value="Bu Rani"' in page.text) == (422, True)
    town.act(link, "ask", message=QUESTION)
    assert town.act(link, "answer", message="Petugas sudah menemukannya sendiri.")["status"] == "answered"
    assert town.refused(ticket.url, 409, "add", message=ANSWER)["possible"] == ["confirm", "dispute", "rate"]


WHO = {"name": "Siti Aminah", "phone": "+628129876543"}
REASON = "Petugas perlu dibukakan pagar gang."


def shown(page: str) -> list[str]:
    """What a page tells of the citizen."""
    return [words for words in (WHO["name"], "8129876543", CITIZEN) if words in page]


def seen_at(city: City, link: str) -> list[str]:
    """What an office's page tells of the citizen, to people or to machines."""
    return shown(city.http.get(link).text + str(city.page(link)))


def test_an_office_sees_the_contact_with_a_reason_while_it_has_the_case(town: City) -> None:
    ticket, link = given(town, LAMP, DISHUB, contact="yes", **WHO)
    assert "contact" in town.page(link)["actions"]
    assert not seen_at(town, link) + shown(town.mail(DISHUB, ticket.number).text)
    assert town.refused(link, 422, "contact", reason=" ")["errors"][0]["field"] == "reason"
    page = town.act(link, "contact", reason=REASON, officer="Bu Rani")
    assert page["contact"] == {"name": WHO["name"], "email": CITIZEN, "phone": WHO["phone"]}
    assert "contact" not in page["actions"] and len(seen_at(town, link)) == 3
    told, own = (town.mail(CITIZEN, ticket.number, "Dishub membuka kontak Anda").text, town.http.get(ticket.url).text)
    assert REASON in told and REASON in own and "Rani" not in told + own
    town.act(link, "delegate", to="DISHUB-PJU")
    assert not seen_at(town, town.mail(UNIT, ticket.number).link)
    assert "contact" not in town.act(link, "forward", to="PUPR", message="Ini lampu proyek.")
    other = town.mail("pupr@opd.example", ticket.number).link
    assert not seen_at(town, other) and town.http.get(link).status_code == 410
    assert town.act(other, "contact", reason="Letak proyeknya kurang jelas.")["contact"]["name"] == WHO["name"]


def test_whoever_did_not_allow_it_is_not_asked_for_and_no_log_names_a_citizen(town: City) -> None:
    ticket, link = given(town, LAMP, DISHUB, **WHO)
    assert "contact" not in town.page(link)["actions"]
    assert "contact" not in town.refused(link, 409, "contact", reason=REASON)["possible"]
    page = town.press(link, "contact", reason=REASON)
    assert (page.status_code, REASON in page.text, shown(page.text)) == (409, True, [])
    assert len(town.mails(CITIZEN, ticket.number)) == 1
    log = (town.data / "host.log").read_text()
    assert not [words for words in (*shown(log), REASON) if words in log]


UNIT = "dishub-pju@opd.example"
WORDS = "Fitting lampu di tiang 14 sudah kami ganti pukul 10.15."


@pytest.fixture
def handed_on(town: City) -> tuple[Ticket, str, str]:
    """The citizen's page, the department's link, the unit's link."""
    ticket, link = given(town, LAMP, DISHUB)
    page = town.act(link, "delegate", to="DISHUB-PJU", message="Tolong dicek sore ini.", officer="Bu Rani")
    assert (page["status"], page["department"]["code"]) == ("in_progress", "DISHUB")
    letter = town.mail(UNIT, ticket.number)
    assert "Tolong dicek sore ini." in letter.text
    return ticket, link, letter.link


def read_by_citizen(city: City, ticket: Ticket) -> str:
    """The citizen's page, and its JSON."""
    return city.http.get(ticket.url).text + str(ticket.state())


def test_a_unit_drafts_and_the_department_sends_with_one_post(town: City, handed_on: tuple[Ticket, str, str]) -> None:
    ticket, link, unit = handed_on
    possible = ["answer", "progress", "renew"]
    assert town.page(unit)["actions"] == possible
    for action in ("acknowledge", "contact", "forward"):
        sent = {"to": "PUPR", "message": "Bukan kami.", "reason": "Perlu tahu."}
        assert town.refused(unit, 409, action, **sent)["possible"] == possible
    town.act(unit, "progress", message="Kami berangkat pukul 14.00.")
    news = town.mail(CITIZEN, ticket.number, "kabar dari")
    assert "UPT" in news.text and "Kami berangkat pukul 14.00." in news.text
    town.act(unit, "answer", phone_photo(7), message=WORDS, officer="Pak Udin")
    told = read_by_citizen(town, ticket)
    assert not [words for words in ("Tolong dicek", "tiang 14", "Udin", "Rani") if words in told]
    assert town.http.get(f"{ticket.url}/foto/1").status_code == 404
    ready = town.mail(DISHUB, ticket.number, "konsep jawaban dari UPT PJU")
    page = town.http.get(ready.link).text
    assert WORDS in ready.text and WORDS in page and "Tolong dicek sore ini." in page
    town.act(ready.link, "answer", message=WORDS, draft=hidden(page, "draft"), draft_photos="yes")
    assert WORDS in town.mail(CITIZEN, ticket.number, "jawaban").text
    assert town.http.get(f"{ticket.url}/foto/1").status_code == 200
    assert town.refused(link, 409, "answer", message="Terlambat.")["possible"]


def test_a_draft_replaced_before_it_was_sent_is_read_first(town: City, handed_on: tuple[Ticket, str, str]) -> None:
    ticket, link, unit = handed_on
    town.act(unit, "answer", phone_photo(7), message=WORDS, officer="Pak Udin")
    seen = hidden(town.http.get(link).text, "draft")
    town.act(unit, "answer", phone_photo(8), message="Maaf, tiang 15.", officer="Pak Udin")
    ready = town.mail(DISHUB, ticket.number, "konsep jawaban dari UPT PJU").text
    assert "Konsep ini menggantikan konsep dari UPT PJU" in ready and "Maaf, tiang 15." in ready and WORDS in ready
    for page in (link, unit):
        assert f"{WORDS}</textarea>" in town.http.get(f"{page}?konsep=sebelumnya").text
    sent = {"message": "Lampu sudah menyala.", "draft": seen, "draft_photos": "yes"}
    late = town.press(link, "answer", **sent)
    assert late.status_code == 409
    for words in ("Ada konsep jawaban yang baru", "Maaf, tiang 15.", "Lampu sudah menyala.", "/foto/2?kecil=1"):
        assert words in late.text
    assert not [mail for mail in town.mails(CITIZEN, ticket.number) if "jawaban" in mail.subject]
    newer = town.refused(link, 409, "answer", **sent)["draft"]
    assert (newer["message"], newer["photos"]) == ("Maaf, tiang 15.", [2])
    assert newer["draft"] == hidden(late.text, "draft") != seen
    assert town.act(link, "answer", **sent | {"draft": newer["draft"]})["status"] == "answered"
    assert [town.http.get(f"{ticket.url}/foto/{n}").status_code for n in (1, 2)] == [404, 200]
    assert "tiang 1" not in read_by_citizen(town, ticket)


def test_the_unit_s_link_ends_when_the_case_goes_elsewhere(town: City, handed_on: tuple[Ticket, str, str]) -> None:
    ticket, link, unit = handed_on
    assert town.refused(link, 422, "delegate", to="DLH-TPA")["errors"][0]["field"] == "to"
    town.act(link, "delegate", to="DISHUB-LALIN")
    other = town.mail("dishub-lalin@opd.example", ticket.number).link
    assert [town.http.get(url).status_code for url in (unit, other)] == [410, 200]
    town.act(link, "forward", to="PUPR", message="Ini lampu proyek PUPR.")
    assert [town.http.get(url).status_code for url in (link, other)] == [410, 410]
    assert town.press(other, "answer", message=WORDS).status_code == 410
