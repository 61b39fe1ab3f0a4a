"""The mail in the place of many letters: what its rows say, what comes next, and that it stays small."""

from __future__ import annotations
from datetime import timedelta

import pytest

from tests.views.list_cases import MORNING, PATH
from tests.views.list_mails import CASES, LIST_MAILS, LIST_PATH, flat, late, list_mail
from workflows.mail.digests import MAX_LINKED

pytestmark = pytest.mark.slow


SUBJECTS = {
    "reminders": "Laksa: 2 laporan mendekati batas waktu, 16 Nov 2026 pukul 09.00",
    "overdues": "Laksa: 2 laporan lewat batas waktu, 16 Nov 2026 pukul 09.00",
    "also_heads": "Laksa: 2 laporan kini juga diketahui Kepala Dishub",
    "head_cases": "Laksa: 2 laporan lewat batas waktu di Dishub",
}


@pytest.mark.parametrize("template", SUBJECTS)
def test_each_list_counts_in_its_subject_what_it_is_about(template: str) -> None:
    mail = list_mail(template, late("today"), late("taken"))
    assert mail.subject == SUBJECTS[template]
    assert mail.text.splitlines().count(f"https://laksa.example{PATH}") == 2
    assert "Bila banyak surat sejenis keluar bersamaan" in flat(mail)


def test_a_reminders_row_says_matter_deadline_and_who_has_taken_it() -> None:
    taken = CASES["late"].evolve(answer_by=MORNING + timedelta(days=1))
    text = flat(list_mail("reminders", taken, CASES["urgent"]))
    ticket = taken.ticket
    assert f"{ticket} · Sampah tidak diangkut · Sukasari · sampai 17 Nov 2026 · diterima oleh Pak A." in text
    assert f"{CASES['urgent'].ticket} · mendesak · Lampu jalan (PJU) mati / usulan PJU" in text


@pytest.mark.parametrize("template", ["overdues", "also_heads", "head_cases"])
def test_a_late_list_s_row_says_how_late_it_is_and_who_has_taken_it(template: str) -> None:
    text = flat(list_mail(template, CASES["late"]))
    assert f"{CASES['late'].ticket} · lewat 2 hari kerja · Sampah tidak diangkut · Sukasari" in text
    assert "diterima oleh Pak A., 08.12" in text


NEXT_DAY = "Selasa, 17 November 2026 pukul 16.00 WIB"
NEXT = {
    "new_cases": ((), "Bila batas waktunya lewat tanpa jawaban, laporan dalam daftar ini naik ke Kepala Dishub."),
    "reminders": ((), f"Bila belum dijawab sampai {NEXT_DAY}, laporan dalam daftar ini naik ke Kepala Dishub."),
    "overdues": ((), f"Bila belum dijawab sampai {NEXT_DAY}, laporan dalam daftar ini naik ke Kepala Dishub."),
    "also_heads": (
        ("head",),
        "Bila belum dijawab sampai Senin, 23 November 2026 pukul 16.00 WIB, "
        "laporan dalam daftar ini masuk tabel harian Sekretaris Daerah.",
    ),
    "head_cases": (
        ("head", "sekda", "mayor"),
        "Sampai dijawab, laporan dalam daftar ini tetap di tabel harian Wali Kota.",
    ),
}

HEAD_NAMED = {"also_heads": 1, "head_cases": 2}
"""How often a list names the head besides."""


@pytest.mark.parametrize("template", NEXT)
def test_what_comes_next_is_said_once_where_it_is_the_same_for_all(template: str) -> None:
    rungs, words = NEXT[template]
    told = late("today", *rungs)
    mail = list_mail(template, told, told.evolve(ticket=CASES["urgent"].ticket))
    assert words in flat(mail) and words in mail.html
    assert flat(mail).count("Kepala Dishub") == words.count("Kepala Dishub") + HEAD_NAMED.get(template, 0)


def test_of_new_cases_that_go_up_to_different_people_each_row_says_to_whom() -> None:
    text = flat(
        list_mail("new_cases", CASES["today"], CASES["taken"].evolve(escalated=("reminder", "overdue", "head")))
    )
    assert "16 Nov 2026 · naik ke Kepala Dishub" in text
    assert "23 Nov 2026 · masuk tabel harian Sekretaris Daerah" in text


@pytest.mark.parametrize("template", sorted(LIST_MAILS.keys() - {"new_cases"}))
def test_a_restricted_case_on_a_list_is_its_number_and_deadline_alone(template: str) -> None:
    secret = late("restricted").evolve(urgent=True)
    text = flat(list_mail(template, late("today"), secret))
    assert f"{secret.ticket} · terbatas · 16 Nov 2026 https" in text
    assert "laporan dalam daftar ini, selain yang terbatas, naik ke Kepala Dishub." in text
    assert "Laporan terbatas hanya disebut nomor dan batas waktunya." in text
    alone = flat(list_mail(template, secret))
    assert "laporan dalam daftar ini" not in alone and "naik ke" not in alone


@pytest.mark.parametrize("template", sorted(LIST_MAILS.keys() - {"head_cases"}))
def test_every_other_list_ends_with_the_way_to_the_department_s_whole_list(template: str) -> None:
    mail = list_mail(template, *[late("taken")] * MAX_LINKED, total=MAX_LINKED + 30)
    assert "30 laporan lain tidak dimuat di sini." in mail.text
    assert f"https://laksa.example{LIST_PATH}" in mail.text.splitlines()
