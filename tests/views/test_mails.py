"""Every mail, in every state it can be written in, in both twins and both languages."""

from __future__ import annotations
import re
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest

from functions.app.routing_tables import Labels
from functions.views.mail.render import render_mail, render_table
from functions.views.shared.plain_text import SUBJECT_MAX, dead_links, fit_width, plain_typed, subject_line, wrapped
from functions.views.shared.status_text import next_line, unit_name
from tests.builders import DIRECTORY, wib
from tests.sentences import sentences
from tests.views.labels import LABELS
from tests.views.mail_cases import TICKET, Letter, Story, begin, context, letters, routed
from workflows.domain.complaint.model import Complaint, State
from workflows.domain.complaint.transition import CITIZEN
from workflows.mail.send_notice import MailText

pytestmark = pytest.mark.slow

TYPED_BY_CITIZEN = (
    *("Kalimat-rahasia", "Patokan-rahasia", "Keberatan-rahasia", "Balasan-rahasia", "jahat", "samping musala"),
)
LANGUAGES = ("id", "en")


@cache
def mails(lang: str, restricted: bool = False) -> list[tuple[Letter, MailText]]:
    """Every letter of every story with its words; each different mail once."""
    made = {
        (letter.notice.template, letter.notice.role, rendered.text): (letter, rendered)
        for letter in letters(lang=lang, restricted=restricted)
        for rendered in [render_mail(letter.ctx, letter.case, letter.notice)]
    }
    return list(made.values())


def to_offices() -> list[tuple[Letter, MailText]]:
    return [(letter, mail) for letter, mail in mails("id") if letter.notice.role != CITIZEN]


def first(template: str, found: list[tuple[Letter, MailText]]) -> MailText:
    return next(mail for letter, mail in found if letter.notice.template == template)


def rendered(story: Story, template: str) -> MailText:
    """The last letter of that kind that a story has caused, as it would be written now."""
    request, notice = next(n for n in reversed(story.notices) if n[0].template == template)
    letter = story.letter(request, notice.sequence)
    return render_mail(letter.ctx, letter.case, letter.notice)


class _Visible(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in ("style", "title")
        if tag == "br":
            self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("style", "title")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words.append(data)


def visible(html: str) -> str:
    parser = _Visible()
    parser.feed(html)
    return " ".join(" ".join(parser.words).split())


# What all mails have in common


def test_the_longest_report_makes_a_small_mail_that_points_to_the_rest() -> None:
    text = ("Saluran “mampet” & bau 🚧 <sekali>. " * 200)[:5000]
    story = routed("long")
    story.complaint = story.complaint.evolve(text=text, place="<b>" * 60)
    mail = rendered(story, "new_case")
    assert len(mail.html.encode()) <= 20_000
    assert "(selanjutnya di halaman laporan)" in mail.text and "(selanjutnya di halaman laporan)" in mail.html


# What may be said to whom


def test_offices_read_the_report_with_its_numbers_masked() -> None:
    for letter, mail in to_offices():
        assert not re.search(r"0812|3456|7890|3671012345670001|korban@", mail.subject + mail.text + mail.html), (
            letter.id
        )
    text = " ".join(first("new_case", to_offices()).text.replace("\n>", "").split())
    assert "Kalimat-rahasia" in text and "[nomor HP disamarkan]" in text and "[NIK disamarkan]" in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_restricted_mail_holds_number_and_link_and_nothing_of_the_matter(lang: str) -> None:
    names = {name for d in DIRECTORY.assignable() for name in (d.name, d.short, d.head, d.code)}
    labels = {label for pair in LABELS.categories.values() for label in pair}
    secret = [*TYPED_BY_CITIZEN, *names, *labels, "Tanah Tinggi", "keruk", "PLN", "550", "Rani"]
    for letter, mail in mails(lang, restricted=True):
        whole = f"{mail.subject}\n{mail.text}\n{visible(mail.html)}".replace(letter.notice.link, "")
        assert not [word for word in secret if re.search(rf"\b{re.escape(word)}\b", whole)], letter.id


def test_the_desk_reads_an_unreached_units_name_and_not_its_code() -> None:
    failed = [mail for x, mail in mails("id") if x.notice.template == "mail_failed"]
    named = [mail for mail in failed if unit_name(context(), "PUPR-OP", short=True) in " ".join(mail.text.split())]
    assert named and not [mail for mail in failed if "PUPR-OP" in mail.text + mail.subject + mail.html]


# Single mails


def test_an_unknown_kind_is_never_given_as_a_reason() -> None:
    story = routed("unknown", category="lainnya")
    assert rendered(story, "new_case").subject == f"{TICKET}: laporan baru, Tanah Tinggi"
    assert "isinya tentang" not in rendered(story, "receipt").text


def test_a_subject_drops_the_kelurahan_before_it_is_cut() -> None:
    assert subject_line("LKS-1", "jalan, " + "x" * 60) == "LKS-1: jalan"
    assert subject_line("LKS-1", "y" * 90) == "LKS-1: " + "y" * (SUBJECT_MAX - 8) + "…"
    labels = Labels({"drainase": ("Saluran\r\nBcc: x@y.id", "")}, {}, {"36.71.01.1003": ("Tanah\nTinggi", "Tangerang")})
    story = routed("odd labels")
    request, notice = story.notices[0]
    letter = story.letter(request, notice.sequence)
    mail = render_mail(replace(letter.ctx, labels=labels), letter.case, letter.notice)
    assert mail.subject == f"{TICKET}: Saluran Bcc: x@y.id, Tanah Tinggi"


# The daily table


def table_cases() -> tuple[Story, list[Complaint]]:
    slow = routed("slow")
    for _ in range(16):
        slow.wait(1)
    case = slow.complaint
    return slow, [
        case.evolve(ticket="LKS-AAAA-AAAA-A"),
        case.evolve(
            ticket="LKS-BBBB-BBBB-B",
            answer_by=case.deadlines.answer_by and case.deadlines.answer_by - timedelta(days=7),
        ),
        case.evolve(ticket="LKS-CCCC-CCCC-C", restricted=True),
        case.evolve(ticket="LKS-DDDD-DDDD-D", answer_by=slow.now + timedelta(days=5), disputes=1),
    ]


def test_the_daily_table_counts_and_names_the_longest_overdue_first() -> None:
    slow, cases = table_cases()
    mail = render_table(context(slow.now), "SEKDA", cases)
    assert mail.subject == "Laksa 16 Des 2026: 3 laporan lewat batas waktu, 1 keberatan"
    assert "4 laporan pada 1 OPD menunggu arahan Anda." in mail.text
    assert "Dinas PUPR · 3 laporan · paling lama 11 hari kerja" in mail.text
    assert mail.text.index("LKS-BBBB-BBBB-B") < mail.text.index("LKS-AAAA-AAAA-A") < mail.text.index("LKS-DDDD")
    assert "LKS-AAAA-AAAA-A · Saluran / gorong-gorong tersumbat · Tanah Tinggi · lewat 6" in mail.text


def test_the_daily_table_names_a_restricted_case_by_number_and_days_alone() -> None:
    slow, cases = table_cases()
    mail = render_table(context(slow.now), "WALIKOTA", cases[2:3])
    assert "LKS-CCCC-CCCC-C · lewat 6 hari kerja" in mail.text
    assert not re.search(r"PUPR|Saluran|Tanah Tinggi|rahasia", mail.subject + mail.text + mail.html)


def later(case: Complaint, now: datetime, **fields: Any) -> Complaint:
    """A case of the table whose deadline has not passed."""
    return case.evolve(**{"answer_by": now + timedelta(days=5)} | fields)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"state": State.SCHEDULED, "scheduled_for": wib("2026-12-21 08:00")}, "dijadwalkan 21 Des 2026"),
        (
            {"state": State.SCHEDULED, "scheduled_for": wib("2026-12-21 08:00"), "disputes": 1},
            "dijadwalkan 21 Des 2026",
        ),
        ({"state": State.WAITING, "answer_by": wib("2026-12-01 16:00")}, "menunggu pelapor"),
        ({}, "batas waktunya 21 Des 2026"),
        ({"restricted": True, "state": State.WAITING}, "saat ini tidak terlambat"),
        ({"restricted": True, "disputes": 1}, "saat ini tidak terlambat"),
    ],
)
def test_what_is_not_overdue_on_a_table_is_neither_late_nor_objected_to(fields: dict[str, Any], words: str) -> None:
    slow, cases = table_cases()
    case = later(cases[0], slow.now, **fields)
    mail = render_table(context(slow.now), "WALIKOTA", [case])
    assert mail.subject == "Laksa 16 Des 2026: 1 laporan, saat ini tidak terlambat"
    assert re.search(rf"{case.ticket}( · [^·]+)* · {words} ", " ".join(mail.text.split()))
    assert not re.search(r"keberatan|lewat \d|menunggu arahan", mail.subject + mail.text + mail.html)


def test_a_daily_table_asks_only_about_what_is_overdue_or_objected_to() -> None:
    slow, cases = table_cases()
    waiting = later(cases[0], slow.now, state=State.WAITING)
    mail = render_table(context(slow.now), "SEKDA", [*cases[:2], cases[3], waiting])
    assert mail.subject == "Laksa 16 Des 2026: 2 laporan lewat batas waktu, 1 keberatan"
    assert "4 laporan pada 1 OPD; 3 menunggu arahan Anda, 1 tetap tercantum" in " ".join(mail.text.split())


def test_what_came_up_since_the_table_before_is_counted_by_when_it_came_up() -> None:
    slow, cases = table_cases()
    climbs = [{"sekda": slow.now - timedelta(days=d)} | ({"mayor": slow.now} if d else {}) for d in (0, 1, 2)]
    risen = [cases[3].evolve(reported_since=tabled) for tabled in climbs]
    for office, fresh in (("SEKDA", 2), ("ASISTEN-1", 2), ("WALIKOTA", 2)):
        assert f"{fresh} di antaranya baru naik" in render_table(context(slow.now), office, risen).html


def test_a_daily_table_speaks_of_restricted_cases_only_where_it_has_one() -> None:
    slow, cases = table_cases()
    without, with_one = (render_table(context(slow.now), "SEKDA", cases[:n]).text for n in (2, 3))
    assert "Laporan terbatas hanya disebut nomornya." in with_one
    assert "Laporan terbatas" not in without


def test_a_table_of_hundreds_stays_small_and_says_what_it_leaves_out() -> None:
    slow, cases = table_cases()
    many = [cases[0].evolve(ticket=f"LKS-{n:04d}-AAAA-A") for n in range(300)]
    mail = render_table(context(slow.now), "WALIKOTA", many)
    assert len(mail.html.encode()) <= 20_000
    assert "220 laporan lain tidak dimuat di sini" in mail.text and "220 laporan lain" in mail.html


# Words and their machinery


@pytest.mark.parametrize(("typed_words", "shown"), sentences("mails", "what_people_type_never_becomes_a"))
def test_what_people_type_never_becomes_a_link(typed_words: str, shown: str) -> None:
    assert dead_links(typed_words) == shown


def test_unseen_characters_do_not_travel() -> None:
    assert plain_typed("a\u202eb\x00c\u200bd\ud800\r\n\r\n\r\n  e\u2028f") == "abcd\n\ne\nf"


def test_a_cut_text_ends_at_a_word_and_a_short_one_stays() -> None:
    assert fit_width("satu dua", "lanjut", 100) == "satu dua"
    assert fit_width("satu dua tiga", "lanjut", 10) == "satu dua …\nlanjut"


def test_wrapping_keeps_links_whole_and_quotes_marked() -> None:
    link = "https://laksa.example/" + "x" * 90
    assert wrapped(f"{link}\n> {'kata ' * 30}").split("\n")[0] == link
    assert all(line.startswith("> ") for line in wrapped(f"> {'kata ' * 30}").strip().split("\n"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_next_step_line_names_who_until_when_and_what_then(lang: str) -> None:
    until = {"id": "8 Desember 2026 pukul 16.00 WIB", "en": "8 December 2026, 16.00 WIB"}[lang]
    case = routed("next").complaint
    for part in ("Dinas PUPR", until, "Kepala Dinas PUPR"):
        assert part in next_line(context(), case, lang)
    assert next_line(context(), begin("new").complaint, lang)
    assert next_line(context(), case.evolve(state=State.WITHDRAWN), lang) == ""


def test_the_next_step_line_never_gives_a_past_date_as_a_deadline() -> None:
    story = routed("top")
    for _ in range(22):
        story.wait(1)
    line = next_line(context(story.now), story.complaint, "id")
    assert "batas waktu Selasa, 8 Desember 2026 pukul 16.00 WIB sudah lewat" in line and "paling lambat" not in line
