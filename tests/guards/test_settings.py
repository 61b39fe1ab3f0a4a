"""Every setting is declared, and a wrong one stops the start with a sentence that names it."""

import re
from pathlib import Path

import pytest

from functions.app.settings import SettingsError, read_settings
from functions.app.variables import VARIABLES

ROOT = Path(__file__).parents[2]
SOURCE = (ROOT / "functions" / "app" / "settings.py").read_text("utf-8")
READ = set(re.findall(r'(?:env\.get\(|(?:_read|_watcher|_one_of|_account)\(env, )"([A-Z_]+)"', SOURCE))
BY_A_LIBRARY = {"STORAGE_EMULATOR_HOST"}
KEY, OLD = "a key of a city that is long enough", "the key before it is long too"
CLOUD = {"LAKSA_STACK": "google", "LAKSA_KEYS": KEY, "LAKSA_PHOTO_BUCKET": "b"}
TOKEN = {"LAKSA_CALLERS": "token", "LAKSA_PUSH_ACCOUNT": "p@x.iam.gserviceaccount.com"}
TICK = {"LAKSA_TICK_ACCOUNT": "t@x.iam.gserviceaccount.com"}
PUBSUB = {"PUBSUB_EMULATOR_HOST": "127.0.0.1:1"}


def test_every_setting_is_declared_and_every_declared_one_is_read() -> None:
    assert set(VARIABLES) == READ | BY_A_LIBRARY


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
        ({"LAKSA_STACK": "google", "LAKSA_KEYS": KEY, "LAKSA_CALLERS": "iam"}, "LAKSA_PHOTO_BUCKET"),
        ({"LAKSA_KEYS": "geheim"}, "LAKSA_KEYS: key 1 of 1 has fewer than 16 characters"),
        ({"LAKSA_KEYS": f"{KEY}, fifteen-letters"}, "LAKSA_KEYS: key 2 of 2"),
        ({"LAKSA_KEYS": f"{KEY},,{OLD}"}, "LAKSA_KEYS: key 2 of 3"),
        ({"LAKSA_EPHEMERAL": "yes"}, "LAKSA_EPHEMERAL"),
        ({"LAKSA_PHOTO_BUCKET": "b"}, "LAKSA_PHOTO_BUCKET is for LAKSA_STACK=google"),
        (CLOUD, "LAKSA_CALLERS is needed on Google Cloud"),
        (CLOUD | {"LAKSA_CALLERS": "none"}, "LAKSA_CALLERS"),
        (CLOUD | {"LAKSA_CALLERS": "off"}, "LAKSA_CALLERS"),
        ({"LAKSA_STACK": "google", "FIRESTORE_EMULATOR_HOST": "127.0.0.1:1"}, "LAKSA_CALLERS"),
        (CLOUD | {"LAKSA_CALLERS": "token"}, "LAKSA_PUSH_ACCOUNT is needed"),
        (CLOUD | TOKEN, "LAKSA_TICK_ACCOUNT is needed"),
        (CLOUD | TOKEN | TICK | {"LAKSA_CALLER_CERTS": "http://127.0.0.1/certs"}, "LAKSA_CALLER_CERTS"),
        ({"LAKSA_PROXIES": "-1"}, "LAKSA_PROXIES"),
        ({"LAKSA_IMAP_URL": "imap.example"}, "LAKSA_IMAP_URL"),
        ({"LAKSA_IMAP_URL": "pop3://u:p@mail.example"}, "LAKSA_IMAP_URL"),
        ({"LAKSA_IMAP_URL": "imap://u:p@mail.example/INBOX"}, "LAKSA_IMAP_URL"),
        ({"LAKSA_IMAP_URL": "imaps://mail.example/INBOX"}, "LAKSA_IMAP_URL"),
        ({"LAKSA_IMAP_URL": "imaps://u:p@mail.example:x/INBOX"}, "LAKSA_IMAP_URL"),
        ({"LAKSA_DESK_ALLOW": "kantor"}, "LAKSA_DESK_ALLOW: 'kantor' is no network"),
        ({"LAKSA_DESK_ALLOW": "10.0.0.0/33"}, "LAKSA_DESK_ALLOW"),
        ({"LAKSA_DESK_ALLOW": ","}, "LAKSA_DESK_ALLOW"),
        ({"LAKSA_DESK_ALLOW": "10.0.0.0/8, 192.168.1.5/24"}, "did you mean 192.168.1.0/24"),
    ],
)
def test_a_wrong_setting_is_named(env: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        read_settings(env)


@pytest.mark.parametrize(
    ("env", "check"),
    [
        ({}, "none"),
        ({"LAKSA_STACK": "google", "FIRESTORE_EMULATOR_HOST": "127.0.0.1:2"} | PUBSUB, "none"),
        (CLOUD | {"LAKSA_CALLERS": "iam"}, "iam"),
        (CLOUD | TOKEN | TICK, "token"),
    ],
)
def test_callers_are_asked_wherever_somebody_from_outside_could_call(env: dict[str, str], check: str) -> None:
    assert read_settings(env).callers.check == check


def test_a_token_must_be_for_this_city_unless_another_audience_is_named() -> None:
    env = CLOUD | TOKEN | TICK | {"LAKSA_URL": "https://l.example", "LAKSA_TICK_AUDIENCE": "https://l.example/_tick"}
    callers = read_settings(env).callers
    assert (callers.push.audience, callers.tick.audience) == ("https://l.example", "https://l.example/_tick")


@pytest.mark.parametrize("typed", [f"{KEY},{OLD}", f" {KEY} , {OLD}\n"])
def test_a_space_beside_a_comma_belongs_to_no_key(typed: str) -> None:
    assert [str.__str__(key) for key in read_settings({"LAKSA_KEYS": typed}).keys] == [KEY, OLD]


def test_a_key_that_is_refused_is_not_printed() -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings({"LAKSA_KEYS": f"{KEY},geheim"})
    assert not re.search(f"geheim|{KEY}", str(refused.value))


def test_a_secret_never_prints_itself() -> None:
    secrets = {
        "LAKSA_KEYS": "geheim-geheim-geheim",
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
def test_real_letters_may_be_replied_to_only_where_replies_are_read(env: dict[str, str], receives: bool) -> None:
    real = {"SMTP_URL": "smtp://mail.example", "LAKSA_URL": "https://laksa.example"}
    assert read_settings(real | env).receives_mail == receives
    assert read_settings({}).receives_mail  # caught: `laksa inbound` hands in what a test wants to


@pytest.mark.parametrize(
    ("env", "limited"),
    [
        ({}, False),
        ({"LAKSA_MAIL_LIMIT": "on"}, True),
        ({"SMTP_URL": "smtp://mail.example", "LAKSA_URL": "https://laksa.example"}, True),
        ({"LAKSA_STACK": "google", "FIRESTORE_EMULATOR_HOST": "127.0.0.1:2"} | PUBSUB, False),
        (CLOUD | {"LAKSA_CALLERS": "iam"}, True),  # a function that shows pages holds no SMTP_URL there
    ],
)
def test_letters_to_whom_nobody_reads_are_limited_wherever_one_can_leave(env: dict[str, str], limited: bool) -> None:
    assert read_settings(env).mail_is_limited == limited


def test_local_pages_are_for_caught_mail_only() -> None:
    real = {"SMTP_URL": "smtp://mail.example", "LAKSA_URL": "https://laksa.example"}
    assert read_settings({}).nothing_is_real
    assert not read_settings(real).nothing_is_real
