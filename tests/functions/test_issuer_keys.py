"""An issuer's certificates: when they are fetched anew, and what counts while it is away."""

from __future__ import annotations

import pytest

from functions.web.caller_auth import PAUSE, Certs, IssuerKeys, KeysUnavailable, fetch_certs
from tests.local_issuer import local_issuer


class Issuer:
    """Certificates in the test's hand, its clock beside them."""

    def __init__(self) -> None:
        self.certs: Certs = {"a": "A"}
        self.away = False
        self.asked = 0
        self.now = 1000.0
        self.keys = IssuerKeys("", self.fetch, lambda: self.now)

    def fetch(self, url: str) -> tuple[Certs, float]:
        self.asked += 1
        if self.away:
            raise OSError
        return dict(self.certs), 3600.0


def test_they_are_fetched_again_once_they_are_stale() -> None:
    issuer = Issuer()
    assert [issuer.keys.certificate("a") for _ in range(3)] == ["A", "A", "A"]
    issuer.now += 3599
    assert (issuer.keys.certificate("a"), issuer.asked) == ("A", 1)
    issuer.now += 1
    issuer.certs = {"b": "B"}
    assert (issuer.keys.certificate("a"), issuer.asked) == (None, 2)
    assert issuer.keys.certificate("b") == "B"


def test_a_new_key_is_asked_for_but_not_for_each_message() -> None:
    issuer = Issuer()
    assert issuer.keys.certificate("b") is None
    issuer.certs["b"] = "B"
    assert [issuer.keys.certificate(name) for name in ("b", "c", "d")] == [None, None, None]
    assert issuer.asked == 1
    issuer.now += PAUSE
    assert (issuer.keys.certificate("b"), issuer.asked) == ("B", 2)


def test_an_issuer_that_never_answered_says_nothing_about_a_key() -> None:
    issuer = Issuer()
    issuer.away = True
    for _ in range(3):
        with pytest.raises(KeysUnavailable):
            issuer.keys.certificate("a")
    assert issuer.asked == 1


def test_the_certificates_say_themselves_how_long_they_are_good() -> None:
    with local_issuer() as issuer:
        assert fetch_certs(issuer.url) == (issuer.shown, 19008.0)
        issuer.shown = {"keys": []}  # type: ignore[dict-item]
        with pytest.raises(ValueError, match="no certificates"):
            fetch_certs(issuer.url)
