"""Digest and desk's letter: what they say, what they leave out, and that they stay small."""

from __future__ import annotations
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from functions.views.mail.digests import render_overview
from tests.views.list_cases import MORNING, PATH, morning
from tests.views.list_mails import CASES, flat, weight
from tests.views.overview_mails import ALL, BOARD, desk, digest, section, unread
from tests.views.page_cases import ATTACK, PERSONAL
from workflows.desk.morning import MAX_NAMED, DeskMorning, Undelivered
from workflows.domain.complaint.model import State
from workflows.domain.complaint.transition import CITIZEN, EventName, TimelineEvent
from workflows.mail.digests import DeskDigest
from workflows.office.digest import LINES, MAX_ADDED, Added, Section
from workflows.records.queries import DeadLetters

pytestmark = pytest.mark.slow
NO_PHONE = "(nomor telepon belum ada; isi kolom phone di departments.csv)"


@pytest.mark.parametrize("name", ALL)
def test_names_nobody_and_lets_nothing_typed_become_a_tag(name: str) -> None:
    mail = ALL[name]()
    assert not [secret for secret in PERSONAL if secret in mail.text + mail.html]
    assert "<script" not in mail.html and "<img" not in mail.html
    assert len(mail.subject) <= 70 and mail.subject.isprintable()


def test_what_there_is_none_of_is_not_named() -> None:
    mail = digest(today=section("today"))
    assert mail.subject == "Laksa 16 Nov 2026: 1 habis hari ini"
    assert "Lewat" not in mail.text and "Baru" not in mail.text


def test_the_digest_of_a_restricted_case_is_its_number_and_deadline() -> None:
    mail = digest(overdue=section("restricted"))
    ticket = CASES["restricted"].ticket
    assert [line for line in mail.text.splitlines() if ticket in line] == [f"{ticket} · terbatas · 16 Nov 2026"]
    assert "KDRT" not in mail.text.upper()


def added(name: str, *texts: str, photos: int = 0) -> Added:
    facts = {"photos": list(range(photos))} if photos else {}
    return Added(CASES[name], tuple(TimelineEvent(EventName.ADDED, CITIZEN, text=text, facts=facts) for text in texts))


def test_what_citizens_added_is_masked_quoted_and_at_most_three_lines() -> None:
    text = f"Hubungi {PERSONAL[0]}, NIK {PERSONAL[1]}. {ATTACK} " + "Lampunya padam lagi sejak semalam. " * 20
    mail = digest(added_total=1, added=(added("late", text),))
    assert mail.subject == "Laksa 16 Nov 2026: 1 keterangan baru"
    assert [secret for secret in PERSONAL if secret in mail.text + mail.html] == []
    quoted = [line for line in mail.text.splitlines() if line.startswith(">")]
    assert 1 <= len(quoted) <= 3
    assert quoted[-1].endswith("…")
    assert "[nomor HP disamarkan]" in " ".join(quoted)


def test_photos_that_came_without_words_are_counted() -> None:
    assert "> (2 foto)" in digest(added_total=1, added=(added("late", "", photos=2),)).text


def test_additions_to_a_restricted_case_are_its_number_alone() -> None:
    mail = digest(added_total=1, added=(Added(CASES["restricted"], ()),))
    assert f"{CASES['restricted'].ticket} · terbatas · 16 Nov 2026" in mail.text
    assert ">" not in mail.text


def test_a_digest_of_hundreds_stays_small_and_says_what_it_leaves_out() -> None:
    many = Section(700, tuple([CASES["taken"]] * LINES))
    words = "Lampunya padam lagi sejak semalam. " * 20
    additions = tuple(added("late", words, words, words) for _ in range(MAX_ADDED))
    mail = digest(overdue=many, today=many, new=many, added_total=90, added=additions)
    assert mail.text.count("660 laporan lain ada di daftar") == 3
    assert "80 laporan lain dengan keterangan baru ada di daftar." in mail.text
    assert weight(mail) <= 100_000


def test_a_silent_department_of_restricted_cases_is_phoned_without_case() -> None:
    mail = desk(silent=(unread("DISHUB", 3), replace(unread("INSPEKTORAT", 2), case=None)))
    text = flat(mail)
    assert "Telepon dinas ini, batas terimanya lewat: 1 Dishub" in text
    assert f"batas terima laporan terbatasnya lewat: 1 Inspektorat {NO_PHONE} · 2 laporan" in text
    assert "Catat teleponnya di papan kerja." in text
    assert text.count(PATH) == 1 and "LKS-" not in text.partition("laporan terbatasnya")[2]


def test_a_department_that_was_phoned_before_is_said_to_have_been() -> None:
    text = flat(desk(silent=(unread("DISHUB", 3, MORNING - timedelta(days=3)), unread("DLH", 1))))
    assert "3 laporan sejak 16 Nov 2026 · terakhir ditelepon Jum, 13 Nov, 0" in text
    assert text.count("terakhir ditelepon") == 1


def test_the_desk_reads_which_letters_did_not_arrive() -> None:
    tickets = tuple(f"LKS-0000-00{n:02}-0" for n in range(14))
    text = flat(
        desk(
            undelivered=(
                Undelivered("head", "DLH", 1, MORNING, tickets[:1]),
                Undelivered("department", "DISHUB", 14, MORNING, tickets),
                Undelivered("unit", "DLH-TPA", 1, MORNING, tickets[:1]),
                Undelivered("citizen", "", 1, MORNING, tickets[:1]),
            )
        )
    )
    assert (
        "Kepala DLH (nomor telepon belum ada; isi kolom phone di departments.csv) · 1 email sejak 16 Nov 2026" in text
    )
    assert "Dishub (nomor telepon belum ada; isi kolom phone di departments.csv) · 14 email sejak 16 Nov 2026" in text
    assert "dan 4 lagi" in text
    assert re.search(r"UPT TPA Rawa Kucing \([^)]+\) · 1 email", text)
    assert f"pelapor · 1 email sejak 16 Nov 2026 · {tickets[0]}" in text


def test_the_desk_calls_by_the_cases_link_a_restricted_one_by_number() -> None:
    mail = desk(calls=(CASES["urgent"], CASES["restricted"]))
    assert mail.text.splitlines().count(f"https://laksa.example{PATH}") == 2
    assert f"{CASES['urgent'].ticket} · Dishub {NO_PHONE} · sementara itu telepon 112 · sampai" in flat(mail)
    assert f"{CASES['restricted'].ticket} · terbatas" in mail.text


def test_a_year_without_a_decree_says_by_when_to_look() -> None:
    text = flat(desk(years=(2026, 2027)))
    assert "Hari libur 2026 belum ditetapkan: periksa hari ini." in text
    assert "Hari libur 2027 belum ditetapkan: periksa sebelum 1 Jan 2027." in text


def test_what_waits_at_the_desk_has_its_link_a_restricted_case_its_date() -> None:
    open_one = next(iter(CASES.values())).evolve(urgent=True, state=State.AT_DESK, assignment=None, desk_by=MORNING)
    secret = open_one.evolve(restricted=True, urgent=True)
    made = DeskMorning((), (), (), (), waiting=(open_one, secret), waiting_total=50)
    digest = DeskDigest(made, (), ("/meja/a", "/meja/b"), silent={}, board=BOARD)
    text = render_overview(morning(), digest).text
    assert "Menunggu di meja operator: 50" in text
    assert "/meja/a" in text and "/meja/b" in text
    assert "terbatas · " in text
    assert text.count("mendesak") == 1
    assert "Dan 48 laporan lain" in text


def test_a_morning_of_hundreds_stays_light_and_points_to_the_board() -> None:
    codes = [department.code for department in morning().directory.assignable()][:24]
    tickets = tuple(f"LKS-0000-{n:04}-0" for n in range(200))
    hidden = tuple(replace(unread(code, 3), case=None) for code in codes[:12])
    made = DeskMorning(
        calls=(CASES["urgent"],) * 40,
        silent=(*map(unread, codes[12:], range(1, 13)), *hidden),
        undelivered=tuple(Undelivered("department", code, 200, MORNING, tickets) for code in codes),
        years=(2026, 2027),
        waiting=(CASES["urgent"],) * MAX_NAMED,
        waiting_total=400,
        dead=DeadLetters(3, MORNING),
        letters_in_line=1200,
    )
    silent = {found.opd: PATH for found in made.silent if found.case}
    mail = render_overview(morning(), DeskDigest(made, (PATH,) * 40, (PATH,) * 10, silent=silent, board=BOARD))
    assert len(mail.html.encode()) <= 20_000
    left_out = re.findall(r"Dan (\S+) (?:laporan lain|lagi) ada di papan kerja\.", flat(mail))
    assert left_out == ["33", "390", "5", "5", "17"]
    assert "Telepon dinas ini, batas terimanya lewat: 12 " in flat(mail)


def test_messages_that_the_bus_gave_up_on_are_the_engineer_s_to_look_at() -> None:
    assert "3 pesan di dalam Laksa gagal diproses sejak 16 Nov 2026. Minta pengelola sistem" in flat(
        desk(dead=DeadLetters(3, MORNING))
    )
    assert "pengelola sistem" not in flat(desk())


def test_the_desk_reads_that_very_many_letters_stand_in_line() -> None:
    assert "1.200 email kepada pelapor menunggu" in " ".join(desk(letters_in_line=1200).text.split())
    assert "menunggu, karena" not in desk(dead=DeadLetters(3, MORNING)).text
