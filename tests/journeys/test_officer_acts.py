"""What an office does with a case: forwards, returns, asks, delegates, reads the contact; what links show."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.journeys.city import City, Ticket, hidden
from tests.journeys.offices import CITIZEN, DISHUB, DLH, LAMP, TRASH, events, given
from tests.pictures.given import phone_photo


@pytest.fixture
def case(city: City) -> tuple[Ticket, str]:
    """A case with DLH, and the officer's link."""
    city.later(minutes=1.5)  # no flood
    ticket = city.submit(TRASH, kelurahan="36.71.01.1005", email="ibu@contoh.example")
    assert ticket.state()["department"]["code"] == "DLH"
    return ticket, city.mail("dlh@opd.example", ticket.number).link


def test_a_forwarded_case_keeps_its_deadline_and_closes_the_old_link(city: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case
    deadline = ticket.state()["deadline"]
    moved = city.press(link, "forward", to="PDPASAR", message="TPS ini milik pasar.")
    assert moved.status_code == 303
    assert city.http.get(link).status_code == 410
    assert city.page(city.mail("pdpasar@opd.example", ticket.number).link)["deadline"] == deadline
    assert ticket.state()["department"]["code"] == "PDPASAR"


def test_the_same_forward_again_changes_nothing(city: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case
    for _ in range(2):
        assert city.press(link, "forward", to="PUPR", message="Ini di pinggir kali.").status_code == 303
    assert len(city.mails("pupr@opd.example", ticket.number)) == 1
    assert city.press(link, "acknowledge").status_code == 410


def test_from_the_third_forward_on_an_operator_decides(city: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case
    for code in ("PUPR", "PDPASAR"):
        city.act(link, "forward", to=code, message="Bukan bagian kami.")
        link = city.mail(f"{code.lower()}@opd.example", ticket.number).link
    city.act(link, "forward", to="SATPOLPP", message="Bukan bagian kami.")
    assert ticket.state()["status"] == "at_desk"


def test_not_ours_goes_to_the_operator_with_the_reason(city: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case
    assert city.act(link, "not-ours", message="Ini lahan milik provinsi.")["status"] == "at_desk"
    page = city.page(city.mail("meja@laksa.example", ticket.number).link)
    assert "lahan milik provinsi" in str(page["timeline"])
    assert page["suggestions"][0]["code"] != "DLH"


def test_a_dispute_reopens_and_goes_one_rung_up(city: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case
    city.act(link, "answer", message="Sudah diangkut.")
    assert city.act(ticket.url, "dispute", message="Masih menumpuk, baru separuh.")["status"] == "in_progress"
    assert "Masih menumpuk" in city.mail("dlh@opd.example", ticket.number, "belum selesai").text
    assert city.mail("kepala.dlh@opd.example", ticket.number, "keberatan")
    assert city.act(link, "answer", message="Sudah diangkut.")["status"] == "answered"


def test_the_head_s_link_can_answer_too(city: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case
    city.act(link, "answer", message="Sudah diangkut.")
    city.act(ticket.url, "dispute", message="Belum sama sekali.")
    head = city.mail("kepala.dlh@opd.example", ticket.number).link
    assert city.act(head, "answer", message="Saya cek sendiri, sudah bersih.")["status"] == "answered"


def test_scheduling_shows_the_day_and_is_kept(city: City, case: tuple[Ticket, str]) -> None:
    _, link = case
    refused = city.http.post(
        link, data={"action": "schedule", "date": "2020-01-01"}, headers={"Accept": "application/json"}
    )
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "date"


def test_a_lost_link_comes_by_mail_and_the_page_never_tells(city: City, case: tuple[Ticket, str]) -> None:
    ticket, _ = case
    answers = [
        city.http.post(city.url + "/laporan", data={"ticket": number, "email": email}).text
        for number, email in [
            (ticket.number.lower(), "IBU@contoh.example"),
            (ticket.number, "lain@contoh.example"),
        ]
    ]
    assert answers[0] == answers[1]
    assert city.mail("ibu@contoh.example", ticket.number, "tautan").link == ticket.url
    assert not city.mails("lain@contoh.example")


def test_renew_mails_the_department_and_nobody_else(city: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case
    for _ in range(2):
        assert city.press(link, "renew").status_code == 303
    renewed = [m for m in city.mails(about=ticket.number) if "tautan baru" in m.subject]
    assert [m.to for m in renewed] == ["dlh@opd.example"]


def test_a_link_that_is_done_tells_only_where_it_sent_the_case(city: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case
    sent = {"action": "forward", "to": "PUPR", "message": "Ini di pinggir kali."}
    assert city.act(link, **sent)["department"]["code"] == "PUPR"
    city.act(
        city.mail("pupr@opd.example", ticket.number).link, "forward", to="PERKIM", message="Ini di perumahan."
    )
    again = city.act(link, **sent)
    assert (again["department"], again["timeline"], again["message"]) == (None, [], "")


def test_a_restricted_case_is_closed_to_the_desk_once_it_has_left_it(city: City) -> None:
    ticket = city.submit(
        "Petugas kelurahan minta uang 50 ribu untuk surat pengantar, tidak bayar tidak dibuatkan."
    )
    inspector = city.mail("inspektorat@opd.example", ticket.number).link
    city.act(inspector, "not-ours", message="Ini urusan ketertiban, bukan pengawasan.")
    link = city.mail("meja@laksa.example", ticket.number).link
    assert "uang 50 ribu" in city.page(link)["message"]
    assert city.act(link, "assign", to="SATPOLPP")["message"] == ""
    assert city.http.get(link).status_code == 410


QUESTION = "TPS yang mana? Mohon sebutkan nama jalan atau patokannya."
ANSWER = "TPS di belakang Pasar Anyar, dekat gerbang timur."


@pytest.fixture
def at_dlh(city: City) -> tuple[Ticket, str]:
    """A report with DLH, and its link."""
    return given(city, TRASH, DLH)


def moment(page: dict[str, str], name: str = "deadline") -> datetime:
    return datetime.fromisoformat(page[name])


def subjects(city: City, ticket: Ticket, to: str) -> list[str]:
    return [mail.subject for mail in city.mails(to, ticket.number) if mail.subject.startswith(ticket.number)]


def test_the_clock_stands_until_the_citizen_answers(city: City, at_dlh: tuple[Ticket, str]) -> None:
    ticket, link = at_dlh
    deadline = moment(city.page(link))
    asked = city.act(link, "ask", message=QUESTION, officer="Bu Rani")
    until = moment(asked["next"], "until")
    assert (asked["status"], asked["next"]["who"]) == ("waiting_for_citizen", "Pelapor")
    letter = city.mail(CITIZEN, ticket.number, "perlu keterangan dari Anda")
    assert QUESTION in letter.text and letter.link == ticket.url
    assert QUESTION in city.http.get(ticket.url).text
    assert until > deadline
    city.clock((until - timedelta(hours=1)).isoformat())
    assert len(subjects(city, ticket, DLH)) == 1  # nothing was due of them
    answered = city.act(ticket.url, "add", message=ANSWER)
    assert (answered["status"], events(answered)[-1]) == ("in_progress", "replied")
    assert moment(answered) > until
    assert ANSWER in city.mail(DLH, ticket.number, "pelapor sudah menjawab").text
    assert city.act(link, "answer", message="Sudah diangkut dari TPS itu.")["status"] == "answered"


def test_silence_starts_the_clock_and_the_next_question_stops_it_not(
    city: City, at_dlh: tuple[Ticket, str]
) -> None:
    ticket, link = at_dlh
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
    assert "Apakah TPS itu di tepi jalan besar?" in city.http.get(ticket.url).text.split("Siapa yang menangani")[0]
    told = city.act(ticket.url, "add", message=ANSWER)
    assert (told["status"], told["deadline"], events(told)[-1]) == ("in_progress", page["deadline"], "replied")
    assert "Batas waktu tetap" in city.mail(DLH, ticket.number, "pelapor sudah menjawab").text


def test_a_photo_alone_is_an_answer(city: City, at_dlh: tuple[Ticket, str]) -> None:
    ticket, link = at_dlh
    city.act(link, "ask", message=QUESTION)
    assert city.act(ticket.url, "add", phone_photo())["status"] == "in_progress"
    assert "menjawab pertanyaan Anda dengan foto" in city.mail(DLH, ticket.number, "sudah menjawab").text
    assert city.http.get(f"{link}/foto/1").status_code == 200


def test_the_same_question_or_answer_twice_is_one(city: City, at_dlh: tuple[Ticket, str]) -> None:
    ticket, link = at_dlh
    for _ in range(2):
        assert city.press(link, "ask", message=QUESTION).status_code == 303
    for _ in range(2):
        assert city.press(ticket.url, "add", message=ANSWER).status_code == 303
    assert events(ticket.state())[2:] == ["asked", "replied"]
    assert len(subjects(city, ticket, DLH)) == 2


def test_whoever_need_not_wait_answers_at_once(city: City, at_dlh: tuple[Ticket, str]) -> None:
    ticket, link = at_dlh
    city.act(link, "ask", message=QUESTION)
    assert city.act(link, "answer", message="Petugas sudah menemukannya sendiri.")["status"] == "answered"
    assert city.refused(ticket.url, 409, "add", message=ANSWER)["possible"] == ["confirm", "dispute", "rate"]


@pytest.mark.parametrize("message", ["", "   \n"])
def test_a_question_needs_words(city: City, at_dlh: tuple[Ticket, str], message: str) -> None:
    problem = city.refused(at_dlh[1], 422, "ask", message=message, officer="Bu Rani")
    assert [error["field"] for error in problem["errors"]] == ["message"]
    page = city.press(at_dlh[1], "ask", message=message, officer="Bu Rani")
    assert (page.status_code, 'value="Bu Rani"' in page.text) == (422, True)
    assert city.page(at_dlh[1])["status"] == "assigned"


WHO = {"name": "Siti Aminah", "phone": "+628129876543"}
REASON = "Petugas perlu dibukakan pagar gang."


def shown(page: str) -> list[str]:
    """What a page tells of the citizen."""
    return [words for words in (WHO["name"], "8129876543", CITIZEN) if words in page]


def test_an_office_sees_the_contact_with_a_reason_and_the_citizen_knows(town: City) -> None:
    ticket, link = given(town, LAMP, DISHUB, contact="yes", **WHO)
    assert "contact" in town.page(link)["actions"]
    assert not shown(town.http.get(link).text + str(town.page(link)) + town.mail(DISHUB, ticket.number).text)
    assert town.refused(link, 422, "contact", reason=" ")["errors"][0]["field"] == "reason"
    page = town.act(link, "contact", reason=REASON, officer="Bu Rani")
    assert page["contact"] == {"name": WHO["name"], "email": CITIZEN, "phone": WHO["phone"]}
    assert "contact" not in page["actions"]
    assert len(shown(town.http.get(link).text)) == 3
    told = town.mail(CITIZEN, ticket.number, "Dishub membuka kontak Anda")
    assert REASON in told.text
    assert REASON in town.http.get(ticket.url).text
    assert "Rani" not in town.http.get(ticket.url).text + told.text


def test_only_the_office_that_asked_sees_it_and_only_while_it_has_the_case(town: City) -> None:
    ticket, link = given(town, LAMP, DISHUB, contact="yes", **WHO)
    town.act(link, "contact", reason=REASON)
    town.act(link, "delegate", to="DISHUB-PJU")
    unit = town.mail("dishub-pju@opd.example", ticket.number).link
    assert not shown(town.http.get(unit).text + str(town.page(unit)))
    moved = town.act(link, "forward", to="PUPR", message="Ini lampu proyek.")
    assert "contact" not in moved
    other = town.mail("pupr@opd.example", ticket.number).link
    assert not shown(town.http.get(other).text + str(town.page(other)))
    assert (town.http.get(link).status_code, town.http.get(other).status_code) == (410, 200)
    assert "contact" not in town.act(link, "forward", to="PUPR", message="Ini lampu proyek.")
    assert town.act(other, "contact", reason="Letak proyeknya kurang jelas.")["contact"]["name"] == WHO["name"]


def test_whoever_did_not_allow_it_is_not_asked_for(town: City) -> None:
    ticket, link = given(town, LAMP, DISHUB, **WHO)
    assert "contact" not in town.page(link)["actions"]
    assert "contact" not in town.refused(link, 409, "contact", reason=REASON)["possible"]
    page = town.press(link, "contact", reason=REASON)
    assert (page.status_code, REASON in page.text, shown(page.text)) == (409, True, [])
    assert len(town.mails(CITIZEN, ticket.number)) == 1


def test_no_log_names_a_citizen(town: City) -> None:
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


def test_a_unit_drafts_and_the_department_sends_it_with_one_post(
    town: City, handed_on: tuple[Ticket, str, str]
) -> None:
    ticket, link, unit = handed_on
    assert town.page(unit)["actions"] == ["answer", "progress", "renew"]
    drafted = town.act(unit, "answer", phone_photo(7), message=WORDS, officer="Pak Udin")
    assert drafted["status"] == "in_progress"
    assert not [mail for mail in town.mails(CITIZEN, ticket.number) if WORDS in mail.text]
    assert "tiang 14" not in town.http.get(ticket.url).text
    assert town.http.get(f"{ticket.url}/foto/1").status_code == 404
    ready = town.mail(DISHUB, ticket.number, "konsep jawaban dari UPT PJU")
    assert WORDS in ready.text
    assert WORDS in town.http.get(ready.link).text
    seen = hidden(town.http.get(ready.link).text, "draft")
    sent = town.act(ready.link, "answer", message=WORDS, draft=seen, draft_photos="yes")
    assert sent["status"] == "answered"
    assert WORDS in town.mail(CITIZEN, ticket.number, "jawaban").text
    assert town.http.get(f"{ticket.url}/foto/1").status_code == 200
    assert town.refused(link, 409, "answer", message="Terlambat.")["possible"]


def test_a_draft_that_was_replaced_before_it_was_sent_is_read_first(
    town: City, handed_on: tuple[Ticket, str, str]
) -> None:
    ticket, link, unit = handed_on
    town.act(unit, "answer", phone_photo(7), message=WORDS, officer="Pak Udin")
    seen = hidden(town.http.get(link).text, "draft")
    town.act(unit, "answer", phone_photo(8), message="Maaf, tiang 15.", officer="Pak Udin")
    sent = {"message": "Lampu sudah menyala.", "draft": seen, "draft_photos": "yes"}
    page = town.press(link, "answer", **sent)
    assert page.status_code == 409
    for words in ("Ada konsep jawaban yang baru", "Maaf, tiang 15.", "Lampu sudah menyala.", "/foto/2?kecil=1"):
        assert words in page.text
    assert not [mail for mail in town.mails(CITIZEN, ticket.number) if "jawaban" in mail.subject]
    newer = town.refused(link, 409, "answer", **sent)["draft"]
    assert (newer["message"], newer["photos"]) == ("Maaf, tiang 15.", [2])
    assert newer["draft"] == hidden(page.text, "draft") != seen
    assert town.act(link, "answer", **sent | {"draft": newer["draft"]})["status"] == "answered"
    assert [town.http.get(f"{ticket.url}/foto/{n}").status_code for n in (1, 2)] == [404, 200]


def test_the_words_of_a_draft_that_was_replaced_stay_with_the_offices(
    town: City, handed_on: tuple[Ticket, str, str]
) -> None:
    ticket, link, unit = handed_on
    town.act(unit, "answer", message=WORDS)
    town.idle()
    town.act(unit, "answer", message="Maaf, tiang 15.")
    ready = town.mail(DISHUB, ticket.number, "konsep jawaban dari UPT PJU")
    assert "Konsep ini menggantikan konsep dari UPT PJU" in ready.text
    assert "Maaf, tiang 15." in ready.text and WORDS in ready.text
    for page in (link, unit):
        assert WORDS in town.http.get(page).text
        assert f"{WORDS}</textarea>" in town.http.get(f"{page}?konsep=sebelumnya").text
    town.act(link, "answer", message="Sudah menyala.")
    citizen = town.http.get(ticket.url).text + str(ticket.state())
    assert "tiang 1" not in citizen and "Sudah menyala." in citizen


def test_news_from_a_unit_reaches_the_citizen_in_its_name(town: City, handed_on: tuple[Ticket, str, str]) -> None:
    ticket, _, unit = handed_on
    town.act(unit, "progress", message="Kami berangkat pukul 14.00.")
    news = town.mail(CITIZEN, ticket.number, "kabar dari")
    assert "UPT" in news.text and "Kami berangkat pukul 14.00." in news.text


def test_what_is_said_inside_the_department_stays_there(town: City, handed_on: tuple[Ticket, str, str]) -> None:
    ticket, link, unit = handed_on
    town.act(unit, "answer", message=WORDS)
    for page in (link, unit):
        assert "Tolong dicek sore ini." in town.http.get(page).text
    citizen = town.http.get(ticket.url).text + str(ticket.state())
    assert not [words for words in ("Tolong dicek", WORDS, "Udin", "Rani") if words in citizen]


def test_what_only_the_department_may_do_is_refused_to_its_unit(
    town: City, handed_on: tuple[Ticket, str, str]
) -> None:
    _, link, unit = handed_on
    fields = {"to": "PUPR", "message": "Bukan kami.", "reason": "Perlu tahu.", "date": "2031-01-01"}
    for action in set(town.page(link)["actions"]) - {"answer", "progress", "renew"} | {"acknowledge", "contact"}:
        assert town.refused(unit, 409, action, **fields)["possible"] == ["answer", "progress", "renew"]
    assert town.page(link)["status"] == "in_progress"


def test_the_unit_s_link_ends_when_the_case_goes_elsewhere(town: City, handed_on: tuple[Ticket, str, str]) -> None:
    ticket, link, unit = handed_on
    town.act(link, "delegate", to="DISHUB-LALIN")
    other = town.mail("dishub-lalin@opd.example", ticket.number).link
    assert [town.http.get(url).status_code for url in (unit, other)] == [410, 200]
    town.act(link, "forward", to="PUPR", message="Ini lampu proyek PUPR.")
    assert [town.http.get(url).status_code for url in (link, other)] == [410, 410]
    assert town.press(other, "answer", message=WORDS).status_code == 410


def test_a_unit_of_another_department_is_none(town: City) -> None:
    _, link = given(town, LAMP, DISHUB)
    for code in ("DLH-TPA", "DISHUB", "", "NASA"):
        assert town.refused(link, 422, "delegate", to=code)["errors"][0]["field"] == "to"
    assert town.page(link)["status"] == "assigned"
