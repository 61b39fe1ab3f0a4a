"""Every setting is documented, and a wrong one stops the start with a sentence that names it."""

import re
from pathlib import Path

import pytest

from functions.settings import SettingsError, read_settings

ROOT = Path(__file__).parents[2]
SOURCE = (ROOT / "functions" / "settings.py").read_text("utf-8")
NAMES = sorted(set(re.findall(r'env\.get\("([A-Z_]+)"|_one_of\(env, "([A-Z_]+)"', SOURCE)))


@pytest.mark.parametrize("name", [first or second for first, second in NAMES])
def test_every_setting_stands_in_the_readme(name: str) -> None:
    assert f"`{name}`" in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("env", "named"),
    [
        ({"PORT": "eighty"}, "PORT"),
        ({"PORT": "0"}, "PORT"),
        ({"LAKSA_STACK": "aws"}, "LAKSA_STACK"),
        ({"LAKSA_URL": "laksa.example"}, "LAKSA_URL"),
        ({"SMTP_URL": "smtp://mail.example"}, "LAKSA_URL"),
        ({"SMTP_URL": "http://mail.example", "LAKSA_URL": "https://laksa.example"}, "SMTP_URL"),
        ({"LAKSA_STACK": "google"}, "LAKSA_KEYS"),
        ({"LAKSA_PROXIES": "-1"}, "LAKSA_PROXIES"),
        ({"LAKSA_IMAP_URL": "imap.example"}, "LAKSA_IMAP_URL"),
        ({"LAKSA_IMAP_URL": "pop3://u:p@mail.example"}, "LAKSA_IMAP_URL"),
        ({"LAKSA_IMAP_URL": "imap://u:p@mail.example/INBOX"}, "LAKSA_IMAP_URL"),
        ({"LAKSA_IMAP_URL": "imaps://mail.example/INBOX"}, "LAKSA_IMAP_URL"),
        ({"LAKSA_IMAP_URL": "imaps://u:p@mail.example:x/INBOX"}, "LAKSA_IMAP_URL"),
    ],
)
def test_a_wrong_setting_is_named(env: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        read_settings(env)


def test_a_secret_never_prints_itself() -> None:
    secrets = {
        "LAKSA_KEYS": "geheim,alt",
        "SMTP_URL": "smtp://u:geheim@h",
        "LAKSA_INBOUND_SECRET": "geheim",
        "LAKSA_IMAP_URL": "imaps://u:geheim@h/INBOX",
    }
    settings = read_settings(secrets | {"LAKSA_URL": "https://l.example"})
    assert "geheim" not in f"{settings!r} {settings.inbound_secret} {settings.imap_url}"


@pytest.mark.parametrize(
    ("env", "receives"),
    [({}, False), ({"LAKSA_INBOUND_SECRET": "x"}, True), ({"LAKSA_IMAP_URL": "imaps://u:p@h"}, True)],
)
def test_real_letters_may_be_replied_to_only_where_somebody_hands_us_the_replies(
    env: dict[str, str], receives: bool
) -> None:
    real = {"SMTP_URL": "smtp://mail.example", "LAKSA_URL": "https://laksa.example"}
    assert read_settings(real | env).receives_mail == receives
    assert read_settings({}).receives_mail  # caught: `laksa inbound` hands in what a test wants to


def test_local_pages_are_for_caught_mail_only() -> None:
    real = {"SMTP_URL": "smtp://mail.example", "LAKSA_URL": "https://laksa.example"}
    assert read_settings({}).nothing_is_real
    assert not read_settings(real).nothing_is_real
