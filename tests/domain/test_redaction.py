"""What names a person in a letter is hidden, what describes the matter stays."""

import re
import time
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import DATA
from workflows.domain.privacy.redaction import MASKS, mask_identifiers

pytestmark = pytest.mark.slow

EMAIL, NIK, PHONE, ACCOUNT, PLATE = (MASKS[k] for k in ("email", "nik", "phone", "account", "plate"))


def letters_to_mask() -> dict[str, list[str]]:
    """The letters of the file by the heading they stand under: what each hides, or why it stays whole.

    Each secret stands between ‹ and ›; the rest of the letter must come through unchanged.
    """
    sections = (DATA / "letters_to_mask.txt").read_text(encoding="utf-8").strip().split("\n\n")
    found = [section.split("\n") for section in sections]
    return {lines[0].strip("[]"): lines[1:] for lines in found}


LETTERS = letters_to_mask()
HIDDEN = [(letter, MASKS[kind]) for kind in ("nik", "phone", "plate", "account", "email") for letter in LETTERS[kind]]
KEPT = [letter for name, found in LETTERS.items() if name.startswith("kept: ") for letter in found]


@pytest.mark.parametrize(("letter", "shown"), HIDDEN)
def test_what_names_a_person_is_hidden_and_nothing_else(letter: str, shown: str) -> None:
    assert mask_identifiers(re.sub("[‹›]", "", letter)) == re.sub("‹.*?›", shown, letter)


@pytest.mark.parametrize("letter", KEPT)
def test_what_describes_the_matter_stays(letter: str) -> None:
    assert mask_identifiers(letter) == letter


def test_several_secrets_in_one_letter_are_each_hidden_by_their_name() -> None:
    letter = "Saya 3671011203900001, WA 0812 3456 7890, B 1234 XYZ.\nRek BCA 1234567890, budi@contoh.id"
    assert mask_identifiers(letter) == f"Saya {NIK}, WA {PHONE}, {PLATE}.\nRek BCA {ACCOUNT}, {EMAIL}"


def test_an_announcement_does_not_reach_across_lines() -> None:
    letter = "Nomor rekening saya lupa\n12345678 nomor meteran"
    assert mask_identifiers(letter) == letter


def test_a_number_glued_to_a_hidden_one_is_hidden_too() -> None:
    assert mask_identifiers("B 1234 XYZ081234567890") == f"{PLATE}{PHONE}"
    assert mask_identifiers("081234567890 3671 0112 0390 0001") == f"{PHONE} {NIK}"


BITS = ["rek ", "hp", "plat ", "B 1234", " XYZ", "0812", "-", " ", ".", "1.500", "@gmail.com", "62"]
PIECES = st.sampled_from([*(re.sub("[‹›]", "", letter) for letter, _ in HIDDEN), *KEPT, *MASKS.values(), *BITS])
letters = st.lists(PIECES, max_size=6).map("".join) | st.text("b8120 .-@rek", max_size=40)


@settings(max_examples=300)
@given(letters)
def test_masking_a_masked_letter_changes_nothing(letter: str) -> None:
    assert mask_identifiers(mask_identifiers(letter)) == mask_identifiers(letter)


@settings(max_examples=200)
@given(st.lists(st.sampled_from(KEPT), max_size=3), st.lists(st.sampled_from(KEPT), max_size=3))
def test_a_phone_number_is_hidden_wherever_it_stands(before: list[str], after: list[str]) -> None:
    letter = "\n".join([*before, "081234567890", *after])
    assert "081234567890" not in mask_identifiers(letter)


def _changes(code: str) -> int:
    return sum(one.isdigit() != other.isdigit() for one, other in pairwise(code))


def _could_be_a_number(code: str) -> bool:
    """A plate by itself, a long number with letters at one end only, or one after the name of a bank."""
    alone = re.fullmatch(r"[a-f]{1,2}\d{1,4}[a-f]{0,3}", code) is not None
    return alone or code.startswith("bca") or (_changes(code) < 2 and re.search(r"\d{8}", code) is not None)


hexadecimal = st.text("0123456789abcdef", min_size=1, max_size=64).filter(lambda code: not _could_be_a_number(code))


@settings(max_examples=300)
@given(st.uuids(), st.sampled_from(KEPT))
def test_a_uuid_stays_whole_however_it_is_written(uuid: UUID, letter: str) -> None:
    for written in (str(uuid), str(uuid).upper(), f"{{{uuid}}}", f"laporan_{uuid}"):
        assert mask_identifiers(f"{letter} {written}") == f"{letter} {written}"


@settings(max_examples=500)
@given(hexadecimal)
def test_a_hexadecimal_code_of_any_length_stays_whole(code: str) -> None:
    assert mask_identifiers(f"Kode {code} di layar") == f"Kode {code} di layar"


STUBBORN = [
    "0 ",
    "08",
    "1.",
    "a",
    "a@",
    "rek ",
    "B 1 ",
    "B 123 ABC",
    "36 ",
    "(0",
    "+ 8",
    "-",
    "rp 1.",
    "B 1234 XYZ0",
    "a1",
    "1a2b-",
]


@pytest.mark.parametrize("piece", STUBBORN)
def test_the_time_taken_grows_with_the_length(piece: str) -> None:
    def seconds(length: int) -> float:
        letter, start = (piece * length)[:length], time.process_time()
        mask_identifiers(letter)
        return time.process_time() - start

    limit = 12 * min(seconds(5_000) for _ in range(3)) + 0.02  # a quadratic pattern takes 16 times as long
    assert any(seconds(20_000) < limit for _ in range(3))
