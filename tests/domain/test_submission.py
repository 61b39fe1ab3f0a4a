"""Every field of the form at its limits: what is taken, how it is kept, and which word an error gets."""

from __future__ import annotations
from dataclasses import asdict, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sentences import sentences
from workflows.domain.intake.submission import FIELDS, LIMITS, Submission, normal_phone, read_submission, readable, tidy
from workflows.errors import InvalidInput
from workflows.routing.load import load_table
from workflows.routing.places import parse_kelurahan

AREAS = load_table().areas
MESSAGE = "Lampu jalan di depan pasar mati."


def short(value: object) -> str:
    """A name for a case of a table whose values are long."""
    return ascii(value)[:30]


def area(typed: str) -> str | None:
    return parse_kelurahan(typed, AREAS)


def read(**fields: str) -> Submission:
    return read_submission({"message": MESSAGE} | fields, area)


def errors(**fields: str) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInput) as refused:
        read(**fields)
    return [(e.field, e.code) for e in refused.value.errors]


def test_a_message_alone_is_a_complaint_and_confidential() -> None:
    assert read() == Submission(MESSAGE, visibility="confidential", contact=False, kind=None, lang="id")


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ("x" * 10, "x" * 10),
        ("x" * 5000, "x" * 5000),
        ("  \r\n sepuluh huruf\t ", "sepuluh huruf"),
        ("baris satu\r\nbaris dua\rbaris tiga", "baris satu\nbaris dua\nbaris tiga"),
        ("\r\n".join(["x"] * 2500), "\n".join(["x"] * 2500)),  # 4,999 characters, though 7,498 were sent
        ("🚮" * 10, "🚮" * 10),
        ("🚮" * 5000, "🚮" * 5000),
        ("tab\tdan spasi", "tab\tdan spasi"),
        ("ꦲꦏ꧀ꦱꦫ ꦗꦮ ꦲꦢ", "ꦲꦏ꧀ꦱꦫ ꦗꦮ ꦲꦢ"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
    ids=short,
)
def test_a_message_is_kept_as_typed_but_for_its_edges_and_line_breaks(message: str, kept: str) -> None:
    assert read(message=message).message == kept


@pytest.mark.parametrize(
    ("message", "code", "facts"),
    [
        ("", "empty", {}),
        (" \r\n\t ", "empty", {}),
        ("x" * 9, "too_short", {"n": 9}),
        ("x\r\nx\r\nx\r\nx", "too_short", {"n": 7}),  # ten characters were sent
        ("🚮" * 9, "too_short", {"n": 9}),
        ("x" * 5001, "too_long", {"n": 5001, "max": 5000, "over": 1}),
        ("\u200b" * 50, "empty", {}),
        ("\u3164\u2800 \ufeff\n" * 20, "empty", {}),
        ("lubang" + "\u200b" * 50, "too_short", {"n": 6}),
        ("🚮" * 5002, "too_long", {"n": 5002, "max": 5000, "over": 2}),
    ],
    ids=short,
)
def test_a_message_too_short_or_too_long_says_by_how_much(message: str, code: str, facts: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput) as refused:
        read(message=message)
    assert [(e.field, e.code, e.facts) for e in refused.value.errors] == [("message", code, facts)]


BROKEN = ("\x00", "\x07", "\x1b", "\x7f", "\ufffd", "\ud800", "\udfff", "\ufffe", "\uffff")


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("broken", BROKEN, ids=ascii)
def test_a_character_that_cannot_be_read_is_named_by_its_field(field: str, broken: str) -> None:
    assert errors(**{field: f"{MESSAGE}{broken}x"})[0] in [(field, "unreadable"), (field, "too_long")]
    assert (field, "unreadable") in errors(**{field: f"x{broken}x"})


@pytest.mark.parametrize("field", sorted(LIMITS))
def test_a_field_longer_than_its_limit_says_by_how_much(field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read(**{field: "1" * (LIMITS[field] + 1)})
    (error,) = refused.value.errors
    most = LIMITS[field]
    assert (error.field, error.code, error.facts) == (field, "too_long", {"max": most, "n": most + 1, "over": 1})


@pytest.mark.parametrize("field", ["name", "place"])
def test_a_field_at_its_limit_is_taken(field: str) -> None:
    assert asdict(read(**{field: "x" * LIMITS[field]}))[field] == "x" * LIMITS[field]


@pytest.mark.parametrize("field", ["name", "place"])
def test_what_is_one_line_stays_one_line(field: str) -> None:
    assert asdict(read(**{field: " Jl. Melati\r\nBcc: x\t 5 "}))[field] == "Jl. Melati Bcc: x 5"


@pytest.mark.parametrize(
    "typed",
    [
        "warga",
        "warga@",
        "@contoh.id",
        "warga@contoh",
        "warga@contoh.",
        "warga@.id",
        "warga contoh@contoh.id",
        "warga@contoh..id",
        "warga@-contoh.id",
        "wa..rga@contoh.id",
        "wargá@contoh.id",
        "warga@contoh.id, lain@contoh.id",
        "Warga <warga@contoh.id>",
        "warga@[127.0.0.1]",
        '"warga x"@contoh.id',
        "warga@contoh.invalid",
        "warga@contoh.id\nBcc: lain@contoh.id",
    ],
)
def test_an_address_that_cannot_be_one_is_refused(typed: str) -> None:
    assert errors(email=typed) == [("email", "bad_email")]


@pytest.mark.parametrize(("typed", "kept"), sentences("submission", "a_phone_number_is_kept_in"))
def test_a_phone_number_is_kept_in_one_spelling(typed: str, kept: str) -> None:
    assert read(phone=typed).phone == kept
    assert normal_phone(typed) == kept


OPERATORS = dict(sentences("submission", "operators"))


@pytest.mark.parametrize("operator", OPERATORS)
def test_the_numbers_of_every_operator_are_taken(operator: str) -> None:
    for prefix in OPERATORS[operator].split():
        for rest in ("345 678", "3456 789", "3456 7890"):
            assert read(phone=f"{prefix}-{rest}").phone.startswith("+628")


@pytest.mark.parametrize("typed", ["0812-9999", "0812-9876-54321234", "0812 345 67", "021 12345"])
def test_a_number_with_digits_too_few_or_too_many_is_told_at_once(typed: str) -> None:
    assert errors(phone=typed) == [("phone", "bad_phone")]


def test_a_number_that_was_kept_before_such_were_refused_is_still_found() -> None:
    assert normal_phone("0812-9999") == "+628129999"


@pytest.mark.parametrize("typed", ["nomor saya", "112", "0812", "+", "++62", "08123456789012345678901", "@"])
def test_what_is_no_phone_number_is_refused_and_finds_nobody(typed: str) -> None:
    assert errors(phone=typed) == [("phone", "bad_phone")]
    assert normal_phone(typed) == typed


@pytest.mark.parametrize(("typed", "code"), sentences("submission", "a_kelurahan_is_found_by_code"))
def test_a_kelurahan_is_found_by_code_or_name(typed: str, code: str | None) -> None:
    assert read(kelurahan=typed).kelurahan == code


@pytest.mark.parametrize("typed", ["Menteng", "36.71.01.9999", "Cikokol, Pinang", "x" * 100_000, "🏘"], ids=short)
def test_an_unknown_kelurahan_is_named_as_far_as_a_line_goes(typed: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read(kelurahan=typed)
    assert [(e.field, e.code, e.facts) for e in refused.value.errors] == [
        ("kelurahan", "unknown_kelurahan", {"x": typed[:60]})
    ]


@pytest.mark.parametrize(
    ("lat", "lon", "point"),
    [
        ("", "", (None, None)),
        ("-6.178306", "106.631889", (-6.178306, 106.631889)),
        ("-6,178306", "106,631889", (-6.178306, 106.631889)),
        ("-6.8", "106", (-6.8, 106.0)),
        ("-5.5", "107.4", (-5.5, 107.4)),
    ],
)
def test_a_point_is_two_numbers_of_degrees(lat: str, lon: str, point: tuple[float | None, float | None]) -> None:
    sent = read(latitude=lat, longitude=lon)
    assert (sent.latitude, sent.longitude) == point


@pytest.mark.parametrize(
    ("lat", "lon", "wrong"),
    [("51.5", "0", ["latitude", "longitude"]), ("6.17", "106.63", ["latitude"]), ("-6.17", "107.5", ["longitude"])],
)
def test_a_point_far_from_the_city_is_refused_where_it_leads_away(lat: str, lon: str, wrong: list[str]) -> None:
    assert errors(latitude=lat, longitude=lon) == [(field, "far_point") for field in wrong]


def test_joined_emoji_and_blanks_between_words_count_as_they_are_seen() -> None:
    assert read(message="a b c d e f").message == "a b c d e f"
    assert read(message="Keluarga \U0001f468\u200d\U0001f469\u200d\U0001f467").message.endswith("\U0001f467")


@pytest.mark.parametrize(
    ("lat", "lon", "wrong"),
    [
        ("-6.17", "", ["longitude"]),
        ("", "106.63", ["latitude"]),
        ("90.0001", "106.63", ["latitude"]),
        ("-6.17", "180.0001", ["longitude"]),
        ("nan", "106.63", ["latitude"]),
        ("-6.17", "inf", ["longitude"]),
        ("-inf", "1e999", ["latitude", "longitude"]),
        ("utara", "timur", ["latitude", "longitude"]),
        ("6.178.306", "", ["latitude"]),
        ("0x10", "106", ["latitude"]),
    ],
)
def test_half_a_point_or_none_at_all_is_refused_where_it_is_wrong(lat: str, lon: str, wrong: list[str]) -> None:
    assert errors(latitude=lat, longitude=lon) == [(field, "bad_point") for field in wrong]


@pytest.mark.parametrize(
    ("field", "typed"),
    [("visibility", "secret"), ("visibility", "Public"), ("contact", "maybe"), ("kind", "pujian"), ("lang", "fr")],
)
def test_a_choice_outside_the_list_is_refused(field: str, typed: str) -> None:
    assert errors(**{field: typed}) == [(field, "bad_choice")]


WHO = {"name": "Siti", "email": "siti@contoh.id", "phone": "081234567890", "contact": "yes"}


def test_anonymous_means_that_nobody_is_kept_and_nobody_may_ask() -> None:
    sent = read(**WHO, visibility="anonymous", place="Pasar Anyar")
    assert (sent.name, sent.email, sent.phone, sent.contact) == ("", "", "", False)
    assert (sent.message, sent.place) == (MESSAGE, "Pasar Anyar")


@pytest.mark.parametrize("visibility", ["confidential", "public"])
def test_who_wrote_is_kept_otherwise(visibility: str) -> None:
    sent = read(**WHO, visibility=visibility)
    assert (sent.name, sent.email, sent.phone, sent.contact) == ("Siti", "siti@contoh.id", "+6281234567890", True)


def test_an_anonymous_report_is_still_told_what_is_wrong_with_its_address() -> None:
    assert errors(visibility="anonymous", email="siti") == [("email", "bad_email")]


def test_fields_that_no_form_has_are_left_alone() -> None:
    assert read(website="x", status="closed", ticket="LKS-0000-0000-0") == read()


@pytest.mark.parametrize(
    "changes", [{"message": MESSAGE + "!"}, {"name": "Siti"}, {"kelurahan": "Cikokol"}, {"visibility": "public"}]
)
def test_other_words_have_another_fingerprint(changes: dict[str, str]) -> None:
    assert read(**changes).fingerprint() != read().fingerprint()


def test_the_same_words_have_one_fingerprint_however_lines_are_broken() -> None:
    assert read(message="Baris satu\r\nBaris dua ").fingerprint() == read(message="Baris satu\nBaris dua").fingerprint()
    assert replace(read(), lang="en").fingerprint() != read().fingerprint()


@given(st.dictionaries(st.sampled_from(FIELDS), st.text(st.characters(codec=None), max_size=40)))
def test_whatever_is_typed_is_read_or_refused_by_name(fields: dict[str, str]) -> None:
    try:
        sent = read_submission(fields, area)
    except InvalidInput as refused:
        assert [e.field for e in refused.errors] == sorted((e.field for e in refused.errors), key=FIELDS.index)
        return
    assert all(readable(value) and tidy(value) == value for value in asdict(sent).values() if isinstance(value, str))
