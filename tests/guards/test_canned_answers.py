"""The canned answers that come with Laksa: of categories that exist, enough of them, in plain and honest words."""

from __future__ import annotations
import csv
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from functions.views.officer.page import for_category
from workflows.domain.canned import ANY, Canned, read_canned
from workflows.domain.intake.submission import readable

DATA = Path(__file__).parents[2] / "workflows" / "data"
ANSWERS = read_canned((DATA / "answers.csv").read_text("utf-8"))
with (DATA / "routing" / "categories.csv").open(encoding="utf-8", newline="") as table:
    ROWS = list(csv.DictReader(table))
CATEGORIES = [row["code"] for row in ROWS]
RESTRICTED = [row["code"] for row in ROWS if row["restricted"] == "yes"]
NUMBERS = {"112", "24"}  # the emergency number, and its hours
STILL_OPEN = re.compile(
    r"Bapak/Ibu (masih |bersama RT/RW )?(dapat|berhak)|“Belum selesai”|mohon|telepon 112|"
    r"mintalah|daftarkan|kirim laporan|datang ke|musyawarah|jalurnya",
    re.IGNORECASE,
)
SAYS_NOTHING = re.compile(
    r"\b(terkait|dimaksud|guna|dalam rangka|adapun|tersebut|mohon maklum|(di|me)?tindak ?lanjut\w*|"
    r"menindaklanjuti|segera|secepatnya|(ber|di)?koordinasi\w*|harap menunggu|ditolak|oknum|laporan palsu)\b",
    re.IGNORECASE,
)
INVENTED = re.compile(r"www\.|https?:|@|\.(id|com)\b|\b(UU|Perda|Perwal|Permen\w*|Pasal)\b|\bRp\b")
GUILTY = re.compile(r"\b(pelaku|tersangka|korban|aib)\b", re.IGNORECASE)


def offenders(wrong: Callable[[Canned], object], outcome: str = "") -> list[tuple[str, str]]:
    answers = (answer for answer in ANSWERS if outcome in ("", answer.outcome))
    return [(answer.category, answer.title) for answer in answers if wrong(answer)]


def sentences(answer: Canned) -> list[str]:
    return [sentence for sentence in re.split(r"(?<=[.?])\s+", answer.text) if sentence]


def test_every_category_of_an_answer_exists() -> None:
    assert {answer.category for answer in ANSWERS} - {ANY} - set(CATEGORIES) == set()


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category_has_an_answer_of_its_own_for_each_outcome(category: str) -> None:
    own = [answer for answer in for_category(ANSWERS, category) if answer.category == category]
    assert {answer.outcome for answer in own} == {"done", "not_done"}


def test_the_general_answers_are_few_and_of_both_outcomes() -> None:
    general = Counter(answer.outcome for answer in for_category(ANSWERS, None))
    assert set(general) == {"done", "not_done"}
    assert general.total() in (5, 6)


def test_an_answer_has_two_to_five_sentences_none_of_them_long() -> None:
    assert offenders(lambda answer: not 2 <= len(sentences(answer)) <= 5) == []
    assert offenders(lambda answer: max(len(sentence.split()) for sentence in sentences(answer)) > 25) == []


def test_an_answer_is_written_to_the_citizen_in_words_that_say_something() -> None:
    assert offenders(lambda answer: "Bapak/Ibu" not in answer.text) == []
    assert offenders(lambda answer: re.search(r"\b(Anda|kamu|Saudara)\b|!", answer.text)) == []
    assert offenders(lambda answer: SAYS_NOTHING.search(answer.text)) == []
    assert offenders(lambda answer: not readable(answer.text + answer.title)) == []


def test_an_answer_invents_no_number_address_law_or_fee() -> None:
    assert offenders(lambda answer: set(re.findall(r"\d+", answer.text)) - NUMBERS) == []
    assert offenders(lambda answer: INVENTED.search(answer.text)) == []


def test_what_is_not_done_says_what_the_citizen_can_still_do() -> None:
    assert offenders(lambda answer: not STILL_OPEN.search(answer.text), "not_done") == []


def test_no_two_answers_say_the_same() -> None:
    assert [text for text, times in Counter(answer.text for answer in ANSWERS).items() if times > 1] == []


def test_a_restricted_matter_calls_nobody_guilty_and_danger_names_112() -> None:
    assert RESTRICTED
    assert offenders(lambda answer: answer.category in RESTRICTED and GUILTY.search(answer.text)) == []
    assert offenders(lambda answer: answer.category == "kdrt" and "112" not in answer.text) == []
