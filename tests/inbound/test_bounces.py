"""A bounce is a server that has given up; a delay, an absence, or a notice to another address is none."""

from __future__ import annotations

import pytest

from tests.inbound.samples import DOMAIN, KEY, raw_bounce
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


@pytest.mark.parametrize("cut", [200, 800, 1500, 2000])
def test_a_notice_that_was_cut_never_raises(cut: int) -> None:
    assert read(raw_bounce("postfix.eml")[:cut]).kind in (BOUNCE, AUTO_REPLY)
