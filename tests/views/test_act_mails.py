"""The letters of questions, news, contacts, units, drafts and phone calls: what they say, and when no longer."""

from __future__ import annotations
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from functions.views.mail.render import render_mail
from tests.views.mail_cases import DANGER, QUESTION, TICKET, Letter, Story, at_desk, by_mail, routed
from workflows.domain.actions.desk import called
from workflows.domain.actions.officer import acknowledge, answer, delegate, progress
from workflows.domain.actions.question import ask
from workflows.domain.complaint.transition import UNIT, Transition
from workflows.domain.notifications.notice import is_obsolete
from workflows.mail.send_notice import MailText

pytestmark = pytest.mark.slow

ANSWER_BY = "Selasa, 8 Desember 2026 pukul 16.00 WIB"
ASKED_UNTIL = "Selasa, 1 Desember 2026 pukul 09.00 WIB"


def letter(story: Story, template: str) -> Letter:
    """The last letter of that kind that a story has caused, as a retry would write it now."""
    request, notice = next(n for n in reversed(story.notices) if n[0].template == template)
    return story.letter(request, notice.sequence)


def mail(story: Story, template: str, **changed: Any) -> MailText:
    found = letter(story, template)
    return render_mail(found.ctx, found.case, replace(found.notice, **changed))


def words(story: Story, template: str) -> str:
    """Its text on one line, without the marks of quotes."""
    return " ".join(mail(story, template).text.replace("\n>", "\n").split())


def asked(name: str = "asked", **fields: Any) -> Story:
    return routed(name, **fields).officer(ask, message=QUESTION)


def handed(name: str = "handed", **fields: Any) -> Story:
    return routed(name, **fields).officer(delegate, to="PUPR-OP", message="Mohon dicek besok.")


def burning(**fields: Any) -> Story:
    return routed("burning", "BPBD", **{"category": "kebakaran", "urgent": True, "decision": DANGER, **fields})


# A question and its answer


def test_a_late_question_is_asked_all_the_same_when_the_clock_runs_again() -> None:
    text = words(asked(urgent=True).later(timedelta(hours=13)), "question")
    assert "Di gang mana tepatnya" in text and "Jawab di sini:" in text


def test_an_answer_at_once_moves_no_date_and_a_photo_alone_is_an_answer() -> None:
    text = words(asked().adds("", photos=(1, 2)), "citizen_replied")
    assert "dengan foto." in text and "2 foto dapat dilihat" in text
    assert f"Batas waktu berjalan lagi: {ANSWER_BY}." in text and "berubah" not in text


def test_an_answer_to_a_question_that_stopped_no_clock_moves_no_date() -> None:
    story = asked().wait(6).officer(ask, message=QUESTION).adds()
    text = words(story, "citizen_replied")
    assert "Batas waktu tetap " in text and "berjalan lagi" not in text


# News and the contact


def test_news_are_told_by_whom_they_are_from_and_say_what_is_next() -> None:
    story = handed().officer(progress, role=UNIT)
    assert mail(story, "progress").subject == f"{TICKET}: kabar dari Bidang OP"
    text = words(story, "progress")
    assert "Bidang Operasi dan Pemeliharaan (Dinas PUPR) menulis: Kami keruk saluran itu" in text
    assert f"Berikutnya: Dinas PUPR menjawab paling lambat {ANSWER_BY}" in text
    assert "Dinas PUPR" in mail(routed("own").officer(progress), "progress").subject


@pytest.mark.parametrize(("act", "template"), [(progress, "progress"), (answer, "answer")])
def test_photos_without_words_are_announced_and_never_sent_along(
    act: Callable[..., Transition | None], template: str
) -> None:
    story = routed("photo").officer(act, message="", photos=(1,))
    text = words(story, template)
    assert "Fotonya dapat dilihat di halaman laporan." in text
    assert "menulis:" not in text


# Units and drafts


def test_a_unit_reads_that_the_clock_stands_while_the_citizen_is_asked() -> None:
    text = words(asked().officer(delegate, to="PUPR-OP", message=""), "delegated")
    assert f"paling lama sampai {ASKED_UNTIL}; batas waktu berhenti selama itu" in text
    assert "Jawab:" not in text


@pytest.mark.parametrize("template", ["reminder", "overdue"])
def test_a_reminded_unit_is_asked_for_a_draft_and_told_who_sends_it(template: str) -> None:
    story = handed().wait(8).wait(2)
    to_unit = [found for found in story.letters if (found.notice.template, found.notice.role) == (template, UNIT)]
    (text,) = [" ".join(render_mail(found.ctx, found.case, found.notice).text.split()) for found in to_unit]
    assert "Yth. petugas Bidang OP," in text
    assert "konsep jawaban" in text and "; Dinas PUPR yang mengirimnya:" in text
    assert "Jadwalkan" not in text and "Jawab, walau" not in text


def test_a_reply_by_mail_becomes_a_draft_and_names_missing_files() -> None:
    left_out = ({"n": 3, "why": "too_large", "name": "rekaman.mp4"},)
    story = by_mail(routed("by mail"), photos=2, left_out=left_out)
    assert mail(story, "draft_ready").subject == f"{TICKET}: balasan Anda belum terkirim, mohon setujui"
    text = words(story, "draft_ready")
    assert "Yang kami baca darinya: Kami keruk saluran itu" in text
    assert "2 foto ikut tersimpan. 1 lampiran tidak dapat dipakai: rekaman.mp4." in text


def test_a_photo_that_comes_after_the_words_is_said_to_be_added() -> None:
    text = words(by_mail(by_mail(routed("photo later")), "", photos=1), "draft_ready")
    assert "tidak memuat tulisan baru. Konsep yang sudah ada tetap: Kami keruk saluran itu" in text
    assert "1 foto ditambahkan ke konsep itu." in text and "menggantikan" not in text


# Danger


@pytest.mark.parametrize("go_on", [lambda s: s.desk(called), lambda s: s.officer(acknowledge)])
def test_nobody_is_asked_to_phone_once_it_is_done_or_needless(go_on: Callable[[Story], Story]) -> None:
    story = burning()
    go_on(story)
    _, notice = next(n for n in story.notices if n[0].template == "call_now")
    assert is_obsolete(notice, story.complaint)


def test_a_restricted_danger_calls_the_desk_and_tells_nothing_else() -> None:
    made = mail(burning(restricted=True), "call_now")
    assert made.subject == f"{TICKET}: laporan terbatas, telepon sekarang"
    assert "Siapa yang perlu ditelepon tertulis di halaman ini" in " ".join(made.text.split())
    assert "BPBD" not in made.text and "021-" not in made.text


# Reminders, and who may reply


REPLY = "Anda juga boleh membalas email ini"


def test_letters_to_whoever_answers_may_be_replied_to_and_others_not() -> None:
    story = handed()
    assert f"{REPLY}: isinya menjadi konsep, dan terkirim setelah" in words(routed("own"), "new_case")
    assert f"{REPLY}: isinya menjadi konsep, dan Dinas PUPR yang mengirimnya." in words(story, "delegated")
    for found, template in ((at_desk("desk"), "triage"), (burning(), "call_now")):
        assert "Jawab lewat tautan, bukan dengan membalas email ini." in words(found, template)
    story.officer(answer)
    assert REPLY not in words(story, "delegated")


def test_where_no_mail_comes_in_no_letter_offers_to_take_a_reply() -> None:
    assert REPLY not in mail(routed("deaf"), "new_case", by_reply=False).text


@pytest.mark.parametrize("template", ["new_case", "citizen_replied"])
def test_a_restricted_letter_is_never_to_be_replied_to(template: str) -> None:
    made = mail(asked(restricted=True).adds(), template)
    assert "Jawab hanya lewat tautan, bukan dengan membalas email" in " ".join(made.text.split())
    assert REPLY not in made.text


@pytest.mark.parametrize(
    ("lang", "first", "second"),
    [
        ("id", "laporan kembali ke Dinas PUPR dan naik ke", "operator Laksa membacanya dan memilih siapa"),
        ("en", "it goes back to Dinas PUPR and up to", "one of Laksa's operators reads it and decides who"),
    ],
)
def test_an_answer_says_who_reads_an_objection(lang: str, first: str, second: str) -> None:
    story = routed("answered").officer(answer)
    sent = [mail(story, "answer", lang=lang).text, mail(story.objects().officer(answer), "answer", lang=lang).text]
    once, again = (" ".join(text.split()) for text in sent)
    assert first in once and second not in once
    assert second in again and first not in again
