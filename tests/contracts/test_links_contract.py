"""What every Links adapter keeps: a link says exactly what was signed, or nothing at all."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.adapters.signed_links import ROLES, SignedLinks
from workflows.domain.complaint.ticket import new_ticket
from workflows.errors import Forbidden
from workflows.ports import CaseGrant, Links, ListGrant, MailboxGrant

pytestmark = pytest.mark.slow

OLD, NEW = "an older key of the city, 2026", "a newer key of the city, 2027"
LINKS: Links = SignedLinks([NEW, OLD])
NOW = datetime(2026, 11, 24, 3, 30, 20, tzinfo=UTC)
HOUR = datetime(2027, 1, 23, 4, tzinfo=UTC)
TICKET, OTHER = new_ticket(b"\x3a\x91\xc0\x7b\xe4"), new_ticket(b"\x81\x37\xd5\x56\x0f")
GRANT = CaseGrant(TICKET, "department", 3, HOUR)

tickets = st.binary(min_size=5, max_size=5).map(new_ticket)
hours = st.integers(0, 2_000_000).map(lambda n: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(hours=n))
departments = st.from_regex(r"[A-Z][A-Z0-9-]{1,20}", fullmatch=True)
grants = st.builds(CaseGrant, tickets, st.sampled_from(sorted(ROLES)), st.integers(0, 100_000), hours)

Reader = Callable[[str], object]
KINDS: list[tuple[str, Reader]] = [
    (LINKS.case_token(GRANT), LINKS.read_case_token),
    (LINKS.citizen_key(TICKET, 2), lambda key: LINKS.check_citizen_key(TICKET, key)),
    (LINKS.form_token(NOW), lambda token: LINKS.form_token_age(token, NOW)),
    (LINKS.list_token("KEC-BENDA", HOUR), LINKS.read_list_token),
    (LINKS.board_token(HOUR), LINKS.read_board_token),
    (LINKS.mailbox_token(MailboxGrant("KEC-BENDA", "2026-Q4", "0123abcd")), LINKS.read_mailbox_token),
]
each_kind = pytest.mark.parametrize(
    ("token", "read"), KINDS, ids=["case", "citizen", "form", "list", "board", "mailbox"]
)


@given(grants)
def test_a_case_token_says_what_was_signed(grant: CaseGrant) -> None:
    assert LINKS.read_case_token(LINKS.case_token(grant)) == grant


@given(departments, hours)
def test_a_list_token_says_whose_list_and_until_when(opd: str, expires: datetime) -> None:
    token = LINKS.list_token(opd, expires)
    assert LINKS.read_list_token(token) == ListGrant(opd, expires)
    assert re.fullmatch("[A-Za-z0-9_.-]+", token)
    assert token[-1].isalnum()
    assert len(token) <= 55


@given(hours)
def test_a_board_token_says_until_when(expires: datetime) -> None:
    token = LINKS.board_token(expires)
    assert LINKS.read_board_token(token) == expires
    assert re.fullmatch("[A-Za-z0-9_.-]+", token)
    assert token[-1].isalnum()
    assert len(token) <= 50


@given(departments, st.integers(1, 4), st.integers(0, 16**8 - 1))
def test_a_mailbox_token_says_whose_mailbox_and_which(opd: str, quarter: int, address: int) -> None:
    grant = MailboxGrant(opd, f"2026-Q{quarter}", f"{address:08x}")
    token = LINKS.mailbox_token(grant)
    assert LINKS.read_mailbox_token(token) == grant
    assert re.fullmatch("[A-Za-z0-9_.-]+", token) and token[-1].isalnum()


@given(tickets, st.integers(0, 100_000))
def test_a_citizen_key_tells_its_version(ticket: str, version: int) -> None:
    assert LINKS.check_citizen_key(ticket, LINKS.citizen_key(ticket, version)) == version


@given(grants)
def test_every_token_survives_a_mail_client_and_a_path(grant: CaseGrant) -> None:
    token = LINKS.case_token(grant)
    assert len(token) <= 50
    for text in (token, LINKS.citizen_key(grant.ticket, grant.assignment_no), LINKS.form_token(NOW)):
        assert re.fullmatch("[A-Za-z0-9_.-]+", text)
        assert text[-1].isalnum()
        assert ".." not in text


def test_expiry_is_rounded_up_so_no_link_dies_early() -> None:
    late = LINKS.read_case_token(LINKS.case_token(replace(GRANT, expires=HOUR + timedelta(seconds=1))))
    assert late.expires == HOUR + timedelta(hours=1)
    assert LINKS.read_case_token(LINKS.case_token(GRANT)).expires == HOUR
    for early, told in ((timedelta(0), HOUR), (timedelta(seconds=1), HOUR + timedelta(hours=1))):
        assert LINKS.read_list_token(LINKS.list_token("DLH", HOUR + early)).expires == told
        assert LINKS.read_board_token(LINKS.board_token(HOUR + early)) == told


def test_a_ticket_is_known_however_it_is_typed() -> None:
    typed = TICKET.removeprefix("LKS-").replace("-", " ").lower()
    assert LINKS.case_token(replace(GRANT, ticket=typed)) == LINKS.case_token(GRANT)
    assert LINKS.read_case_token(LINKS.case_token(replace(GRANT, ticket=typed))).ticket == TICKET
    assert LINKS.check_citizen_key(typed, LINKS.citizen_key(TICKET, 1)) == 1


@each_kind
def test_any_flipped_character_is_forbidden(token: str, read: Reader) -> None:
    for place, char in enumerate(token):
        for wrong in {"a", "A", "0", "-", "_", ".", "=", "+", char.swapcase(), chr(ord(char) ^ 1)} - {char}:
            with pytest.raises(Forbidden):
                read(token[:place] + wrong + token[place + 1 :])


@each_kind
def test_a_signature_has_one_spelling_only(token: str, read: Reader) -> None:
    """27 base64 characters hold two bits more than the signature: the spare ones open nothing."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    opened = []
    for last in alphabet:
        try:
            read(token[:26] + last + token[27:])
            opened.append(last)
        except Forbidden:
            continue
    assert opened == [token[26]]


@each_kind
def test_a_cut_or_extended_token_is_forbidden(token: str, read: Reader) -> None:
    cut = [token[:end] for end in range(len(token))] + [token[start:] for start in range(1, len(token))]
    longer = [token + tail for tail in ("0", "a", ".", "=", "\n", " ", "/", "%20", token)]
    for text in cut + longer + [f" {token}", f"-{token}", token.upper(), token.lower()]:
        with pytest.raises(Forbidden):
            read(text)


@each_kind
@given(text=st.text(max_size=80) | st.text("ABab01-_.", min_size=28, max_size=60))
def test_whatever_else_is_typed_or_put_behind_a_signature_is_forbidden(token: str, read: Reader, text: str) -> None:
    with pytest.raises(Forbidden):
        read(text)
    with pytest.raises(Forbidden):
        read(f"{token[:27]}.{text}")


@pytest.mark.parametrize("strange", ["", "x" * 10_000, "." * 10_000, "\ud800", "\0", "٣" * 28, "é" * 27 + ".0"])
def test_strange_texts_are_forbidden_and_nothing_worse(strange: str) -> None:
    for _, read in KINDS:
        with pytest.raises(Forbidden):
            read(strange)
    with pytest.raises(Forbidden):
        LINKS.check_citizen_key(strange, LINKS.citizen_key(TICKET, 1))


@pytest.mark.parametrize(("here", "there"), [p for p in product(range(len(KINDS)), repeat=2) if p[0] != p[1]])
def test_a_token_of_one_purpose_opens_no_other(here: int, there: int) -> None:
    with pytest.raises(Forbidden):
        KINDS[there][1](KINDS[here][0])


def test_a_signature_moved_to_another_ticket_role_or_date_is_forbidden() -> None:
    signature = LINKS.case_token(GRANT)[:27]
    others = [
        replace(GRANT, ticket=OTHER),
        replace(GRANT, role="head"),
        replace(GRANT, role="desk"),
        replace(GRANT, assignment_no=4),
        replace(GRANT, expires=HOUR + timedelta(days=1)),
    ]
    for other in others:
        with pytest.raises(Forbidden):
            LINKS.read_case_token(signature + LINKS.case_token(other)[27:])


def test_a_list_s_signature_moved_to_another_one_is_forbidden() -> None:
    signature = LINKS.list_token("DLH", HOUR)[:27]
    for other in (LINKS.list_token("DISHUB", HOUR), LINKS.list_token("DLH", HOUR + timedelta(days=1))):
        with pytest.raises(Forbidden):
            LINKS.read_list_token(signature + other[27:])


def test_a_citizen_key_opens_only_its_own_ticket_and_version() -> None:
    key = LINKS.citizen_key(TICKET, 1)
    for ticket, text in ((OTHER, key), (TICKET, f"{key[:-1]}2"), (TICKET, f"{key[:-1]}01")):
        with pytest.raises(Forbidden):
            LINKS.check_citizen_key(ticket, text)


def test_signatures_of_case_list_key_and_form_never_coincide() -> None:
    signatures = {LINKS.case_token(replace(GRANT, role=role))[:27] for role in ROLES}
    signatures |= {LINKS.citizen_key(TICKET, 3)[:27], LINKS.form_token(NOW)[:27]}
    signatures |= {LINKS.list_token("DLH", HOUR)[:27]}
    assert len(signatures) == len(ROLES) + 3


@pytest.mark.parametrize(
    "grant",
    [
        replace(GRANT, role="mayor"),
        replace(GRANT, role=""),
        replace(GRANT, ticket="LKS-0000-0000-1"),
        replace(GRANT, assignment_no=-1),
        replace(GRANT, assignment_no=36**5),
        replace(GRANT, expires=datetime(1969, 1, 1, tzinfo=UTC)),
        replace(GRANT, expires=datetime.max.replace(tzinfo=UTC)),
    ],
)
def test_what_no_token_can_hold_is_refused_when_it_is_made(grant: CaseGrant) -> None:
    with pytest.raises(ValueError):
        LINKS.case_token(grant)


@pytest.mark.parametrize("opd", ["", "dlh", "DLH.x", "DLH/x", "D L H", "-DLH", "ÉTÉ"])
def test_a_list_of_no_department_is_refused_when_it_is_made(opd: str) -> None:
    with pytest.raises(ValueError):
        LINKS.list_token(opd, HOUR)


def test_a_key_of_no_ticket_or_no_version_is_refused() -> None:
    for ticket, version in (("LKS-0000-0000-1", 1), (TICKET, -1)):
        with pytest.raises(ValueError):
            LINKS.citizen_key(ticket, version)


def test_a_new_key_in_front_signs_and_the_old_one_still_opens() -> None:
    before, after, without = SignedLinks([OLD]), SignedLinks([NEW, OLD]), SignedLinks([NEW])
    token, key, form = before.case_token(GRANT), before.citizen_key(TICKET, 1), before.form_token(NOW)
    listed = before.list_token("DLH", HOUR)
    assert after.read_case_token(token) == GRANT
    assert after.check_citizen_key(TICKET, key) == 1
    assert after.form_token_age(form, NOW) < 1
    assert after.read_list_token(listed) == ListGrant("DLH", HOUR)
    assert without.read_case_token(after.case_token(GRANT)) == GRANT
    for read in (
        lambda: without.read_case_token(token),
        lambda: without.check_citizen_key(TICKET, key),
        lambda: without.form_token_age(form, NOW),
        lambda: without.read_list_token(listed),
        lambda: before.read_case_token(after.case_token(GRANT)),
    ):
        with pytest.raises(Forbidden):
            read()


@pytest.mark.parametrize("keys", [[], [""], ["short"], [NEW, "short"], "a key that is no list of keys"])
def test_missing_and_short_keys_are_refused(keys: list[str]) -> None:
    with pytest.raises(ValueError, match="at least one key"):
        SignedLinks(keys)


def test_no_two_forms_are_the_same() -> None:
    assert len({LINKS.form_token(NOW) for _ in range(200)}) == 200


@given(st.timedeltas(timedelta(days=-400), timedelta(days=400)))
def test_the_age_of_a_form_is_known_to_the_second_and_never_negative(passed: timedelta) -> None:
    age = LINKS.form_token_age(LINKS.form_token(NOW), NOW + passed)
    assert age == max(passed.total_seconds(), 0)


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_digest_is_short_steady_and_of_one_purpose(purpose: str, value: str) -> None:
    digest = LINKS.digest(purpose, value)
    assert re.fullmatch("[0-9a-f]{32}", digest)
    assert digest == SignedLinks([NEW, OLD]).digest(purpose, value)
    assert digest != LINKS.digest(purpose + "x", value)
    assert digest != LINKS.digest(purpose, value + "x")


def test_a_digest_keeps_purpose_and_value_apart_and_takes_any_text() -> None:
    assert LINKS.digest("ab", "c") != LINKS.digest("a", "bc")
    assert LINKS.digest("email", "\ud800") != LINKS.digest("email", "\ud801")


def test_a_digest_outlives_new_keys_and_needs_ours() -> None:
    assert SignedLinks([OLD]).digest("email", "a@contoh.id") == LINKS.digest("email", "a@contoh.id")
    assert SignedLinks([NEW]).digest("email", "a@contoh.id") != LINKS.digest("email", "a@contoh.id")
