"""Every mail, in every state it can be written in, in both twins and both languages."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest

from functions.app.routing_tables import Labels
from functions.views.mail.render import TEMPLATES, environment, render_mail, render_table
from functions.views.shared.plain_text import (
    SUBJECT_MAX,
    dead_links,
    fit_width,
    plain_typed,
    subject_line,
    wrapped,
)
from functions.views.shared.rendering import LOCALES
from functions.views.shared.status_text import next_line, unit_name
from tests.builders import DIRECTORY, RULES, wib
from tests.sentences import sentences
from tests.views.labels import LABELS
from tests.views.mail_cases import START, TICKET, URL, Letter, Story, begin, context, letters, routed
from workflows.adapters.mime import build_message
from workflows.domain.actions.citizen import CitizenAct, confirm
from workflows.domain.actions.officer import answer
from workflows.domain.complaint.model import Complaint, State
from workflows.domain.complaint.transition import CITIZEN
from workflows.domain.notifications.kinds import BUNDLES
from workflows.mail.send_notice import MailText
from workflows.ports import Mail

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


def to_citizens(lang: str) -> list[tuple[Letter, MailText]]:
    return [(letter, mail) for letter, mail in mails(lang) if letter.notice.role == CITIZEN]


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


def test_every_template_is_written_by_some_story() -> None:
    told = {letter.notice.template for letter, _ in mails("id") if not letter.notice.follower}
    framed = {path.stem for path in TEMPLATES.glob("[a-z]*.jinja")}
    beside = {"moved_on_citizen", "moved_on_office", "restricted_citizen", "restricted_office", "followed"}
    lists = {bundle.template for bundle in BUNDLES.values()}
    of_many_cases = {"daily_table", "digest", "desk_digest", "mailbox_check", "address_changed", "board_link"}
    assert framed == told | beside | of_many_cases | lists


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("restricted", [False, True])
def test_subjects_are_one_short_line_that_begins_with_the_number(lang: str, restricted: bool) -> None:
    for letter, mail in mails(lang, restricted):
        assert mail.subject.startswith(f"{TICKET}: "), letter.id
        assert len(mail.subject) <= SUBJECT_MAX and mail.subject.isprintable(), letter.id


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("restricted", [False, True])
def test_both_parts_hold_the_number_and_the_link(lang: str, restricted: bool) -> None:
    for letter, mail in mails(lang, restricted):
        assert mail.text.split("\n").count(letter.notice.link) == 1, letter.id
        assert f'href="{letter.notice.link}"' in mail.html, letter.id
        assert TICKET in visible(mail.html).replace(letter.notice.link, ""), letter.id
        assert TICKET in mail.text.replace(letter.notice.link, ""), letter.id


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("restricted", [False, True])
def test_the_text_part_and_the_html_part_say_the_same(lang: str, restricted: bool) -> None:
    for letter, mail in mails(lang, restricted):
        seen = visible(mail.html)
        lines = [re.sub(r"^> ?", "", line).strip() for line in mail.text.split("\n")]
        words = " ".join(lines).split()
        missing = [word for word in words if word.rstrip(":") not in seen]
        assert not missing, (letter.id, missing)
        dates = set(re.findall(r"\d{1,2} \w+ \d{4}(?: pukul|,) \d\d\.\d\d", seen))
        assert dates <= set(re.findall(r"\d{1,2} \w+ \d{4}(?: pukul|,) \d\d\.\d\d", " ".join(words))), letter.id


@pytest.mark.parametrize("restricted", [False, True])
def test_html_is_small_and_names_both_colours_of_every_cell(restricted: bool) -> None:
    for letter, mail in mails("id", restricted):
        assert len(mail.html.encode()) <= 20_000, letter.id
        cells = re.findall(r"<td[^>]*>", mail.html)
        assert all("background:#" in cell and re.search(r"[;\"]color:#", cell) for cell in cells), letter.id
        assert not re.search(r"<(img|svg|script|form|link)\b", mail.html), letter.id


def test_the_longest_report_makes_a_small_mail_that_points_to_the_rest() -> None:
    text = ("Saluran “mampet” & bau 🚧 <sekali>. " * 200)[:5000]
    story = routed("long")
    story.complaint = story.complaint.evolve(text=text, place="<b>" * 60)
    mail = rendered(story, "new_case")
    assert len(mail.html.encode()) <= 20_000
    assert "(selanjutnya di halaman laporan)" in mail.text and "(selanjutnya di halaman laporan)" in mail.html


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_link_but_our_own_can_be_pressed(lang: str) -> None:
    for letter, mail in mails(lang):
        for part in (mail.text, mail.html):
            strange = part.replace(URL, "")
            assert not re.search(r"https?://|\bwww\.|\b[\w-]+\.(com|id)\b", strange), letter.id


def test_lines_of_the_text_part_are_short_enough_to_read() -> None:
    for letter, mail in mails("id"):
        assert all(len(line) <= 76 or line == letter.notice.link for line in mail.text.split("\n")), letter.id


@pytest.mark.parametrize("lang", LANGUAGES)
def test_mails_travel_as_mime_and_come_back_whole(lang: str) -> None:
    for letter, mail in mails(lang):
        sent = Mail("a@opd.example", mail.subject, mail.text, mail.html, "n@laksa.example", language=lang)
        raw = build_message(sent, "laksa@laksa.example", START).as_bytes()
        back = message_from_bytes(raw, policy=policy.default)
        assert isinstance(back, EmailMessage)
        plain = back.get_body(("plain",))
        assert back["Subject"] == mail.subject and back["Bcc"] is None, letter.id
        assert plain is not None and plain.get_content().split() == mail.text.split(), letter.id


def test_a_missing_fact_is_an_error_in_both_twins() -> None:
    for kind in ("txt", "html"):
        with pytest.raises(Exception, match=r"undefined|'t'"):
            environment(kind, "id").get_template("answer.jinja").render({"state": "answered"})


# What may be said to whom


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_citizens_mail_repeats_nothing_that_was_typed_into_the_form(lang: str) -> None:
    for letter, mail in to_citizens(lang):
        whole = mail.subject + mail.text + mail.html
        assert not [word for word in TYPED_BY_CITIZEN if word in whole], letter.id


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


def test_a_mail_about_a_citizens_address_does_not_tell_the_address() -> None:
    texts = [mail.text for x, mail in mails("id") if x.notice.template == "mail_failed"]
    told = [text for text in texts if "kepada pelapor" in text]
    assert told and not [text for text in told if "550" in text]
    assert any("550 5.1.1" in text for text in texts)


def test_the_desk_reads_an_unreached_units_name_and_not_its_code() -> None:
    failed = [mail for x, mail in mails("id") if x.notice.template == "mail_failed"]
    named = [mail for mail in failed if unit_name(context(), "PUPR-OP", short=True) in " ".join(mail.text.split())]
    assert named and not [mail for mail in failed if "PUPR-OP" in mail.text + mail.subject + mail.html]


# Single mails


@pytest.mark.parametrize(("days", "says"), [(28, "Empat minggu lalu"), (14, "14 hari lalu")])
def test_the_question_after_closing_says_how_long_ago_that_was(days: int, says: str) -> None:
    letter = next(letter for letter, _ in to_citizens("id") if letter.notice.template == "questionnaire")
    ctx = replace(letter.ctx, policy=replace(letter.ctx.policy, questionnaire_days=days))
    made = render_mail(ctx, letter.case, letter.notice)
    for part in (made.text, visible(made.html)):
        assert f"{says} laporan Anda ditutup." in part


def test_an_unknown_kind_is_never_given_as_a_reason() -> None:
    story = routed("unknown", category="lainnya")
    assert rendered(story, "new_case").subject == f"{TICKET}: laporan baru, Tanah Tinggi"
    assert "isinya tentang" not in rendered(story, "receipt").text


def test_a_letter_that_events_have_overtaken_asks_for_nothing() -> None:
    story = routed("slow mail").wait(8)
    story.officer(answer)
    assert "tidak lagi menunggu Anda" in rendered(story, "reminder").subject
    assert "mohon dijawab" not in rendered(story, "reminder").text
    story.do(confirm(story.complaint, CitizenAct("confirm"), RULES, story.now))
    assert "Pilih paling lambat" not in rendered(story, "answer").text


def test_a_subject_drops_the_kelurahan_before_it_is_cut() -> None:
    assert subject_line("LKS-1", "jalan, " + "x" * 60) == "LKS-1: jalan"
    assert subject_line("LKS-1", "y" * 90) == "LKS-1: " + "y" * (SUBJECT_MAX - 8) + "…"
    labels = Labels(
        {"drainase": ("Saluran\r\nBcc: x@y.id", "")}, {}, {"36.71.01.1003": ("Tanah\nTinggi", "Tangerang")}
    )
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
def test_what_is_not_overdue_on_a_table_is_neither_late_nor_objected_to(
    fields: dict[str, Any], words: str
) -> None:
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


def test_nothing_in_a_quote_passes_for_our_own_words() -> None:
    story = routed("forger").officer(answer, message="Selesai.\n\nSalam,\nLaksa Kota Tangerang\nBuka: http://x.id")
    text = rendered(story, "answer").text
    assert "> Salam,\n> Laksa Kota Tangerang\n> Buka: http: //x .id" in text
    assert text.split("\n").count("Laksa Kota Tangerang") == 1


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
    assert (
        "batas waktu Selasa, 8 Desember 2026 pukul 16.00 WIB sudah lewat" in line and "paling lambat" not in line
    )


def test_every_sentence_for_citizens_has_its_english_with_the_same_blanks() -> None:
    from babel.messages.pofile import read_po
    from jinja2.ext import babel_extract

    with (LOCALES / "en" / "LC_MESSAGES" / "mails.po").open("rb") as file:
        english = {str(m.id): str(m.string) for m in read_po(file) if m.id}
    said = set()
    for path in TEMPLATES.iterdir():
        with path.open("rb") as source:
            said |= {str(found[2]) for found in babel_extract(source, ["_"], [], {})}
    assert said - set(english) == set()
    for original, translation in english.items():
        assert translation and set(re.findall(r"{\w+}", original)) == set(re.findall(r"{\w+}", translation))


def test_english_mails_are_english_throughout() -> None:
    for letter, mail in to_citizens("en"):
        own = "\n".join(line for line in mail.text.split("\n") if line[:2] != "> " and "://" not in line)
        assert not re.search(r"\b(Anda|laporan|paling lambat|sudah|menjawab|tanpa)\b", mail.subject + own), (
            letter.id
        )
