"""A bounce is a server that has given up; a delay, an absence, or a notice to another address is none."""

from __future__ import annotations

import pytest

from tests.inbound.samples import BOUNCE_TO, BOUNCES, DOMAIN, KEY, REPLY_TO, raw_bounce, reply
from workflows.inbound.reading import AUTO_REPLY, BOUNCE, Inbound, read_inbound


def read(raw: bytes) -> Inbound:
    return read_inbound(raw, DOMAIN)


@pytest.mark.parametrize(
    ("server", "cause"),
    [
        ("postfix.eml", "550 5.1.1 Recipient address rejected: User unknown"),
        ("postfix-expired.eml", "connect to mail.opd.example: timed out"),
        ("exchange.eml", "554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException"),
        ("qmail.eml", "#5.1.1)"),
        ("exim.eml", ""),
        ("zimbra.eml", "550 5.7.1 akses ditolak, kotak surat tidak aktif"),
    ],
)
def test_every_server_s_no_is_a_bounce_with_its_cause_and_no_address(server: str, cause: str) -> None:
    bounce = read(raw_bounce(server))
    assert (bounce.kind, bounce.keys, bounce.why) == (BOUNCE, (KEY,), cause)
    assert not bounce.words and not bounce.attachments


def test_a_letter_that_is_only_late_has_not_bounced() -> None:
    late = read(raw_bounce("postfix-delayed.eml"))
    assert (late.kind, late.keys) == (AUTO_REPLY, (KEY,))


@pytest.mark.parametrize("server", sorted(path.name for path in BOUNCES.iterdir()))
@pytest.mark.parametrize("to", [REPLY_TO, f"laksa@{DOMAIN}", "meja@laksa.example"])
def test_a_notice_to_any_other_address_is_no_bounce(server: str, to: str) -> None:
    assert read(raw_bounce(server, to)).kind == AUTO_REPLY


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Balasan otomatis: LKS-7K2M-Q9FD-4", "Saya cuti sampai 30 November."),
        ("Re: LKS-7K2M-Q9FD-4", "Lubang itu 550 meter dari kantor, dekat 5.1 km tol. Akun 550-1234."),
    ],
)
def test_what_a_vacation_program_answers_to_the_envelope_is_no_bounce(subject: str, text: str) -> None:
    assert read(reply(text, BOUNCE_TO, Subject=subject).as_bytes()).kind == AUTO_REPLY


def test_a_bounce_is_known_by_the_address_it_was_delivered_to_as_well() -> None:
    raw = raw_bounce("qmail.eml", "undisclosed@laksa.example")
    assert read(b"Delivered-To: " + BOUNCE_TO.upper().encode() + b"\n" + raw).keys == (KEY,)


@pytest.mark.parametrize("cut", [200, 800, 1500, 2000])
def test_a_notice_that_was_cut_never_raises(cut: int) -> None:
    assert read(raw_bounce("postfix.eml")[:cut]).kind in (BOUNCE, AUTO_REPLY)
