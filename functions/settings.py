"""Everything that is set from outside, read once and checked; a wrong value stops the start."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from functions.data_folder import EMULATORS_FILE
from functions.link_keys import read_keys
from functions.networks import Network, read_networks
from functions.who_calls import UNASKED, Callers, read_callers

EMULATORS = ("FIRESTORE_EMULATOR_HOST", "PUBSUB_EMULATOR_HOST")


class SettingsError(ValueError):
    """A setting is missing or malformed; the message names it and says what to do."""


class Secret(str):
    """A string that hides itself when printed."""

    def __repr__(self) -> str:
        return "Secret(…)"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return repr(self)


@dataclass(frozen=True)
class Settings:
    """Where Laksa runs, where it keeps things, how it sends mail."""

    stack: str = "embedded"
    bind: str = "127.0.0.1"
    port: int = 8080
    data: Path = Path(".laksa")
    url: str = "http://127.0.0.1:8080"
    smtp_url: str = field(default="", repr=False)
    mail_from: str = "laksa@laksa.example"
    project: str = "laksa-local"
    database: str = "(default)"
    keys: tuple[Secret, ...] = field(default=(), repr=False)
    firestore_emulator: str = ""
    pubsub_emulator: str = ""
    proxies: int = 0
    inbound_secret: Secret = field(default=Secret(), repr=False)
    imap_url: Secret = field(default=Secret(), repr=False)
    heartbeat_url: Secret = field(default=Secret(), repr=False)
    backup_heartbeat_url: Secret = field(default=Secret(), repr=False)
    desk_allow: tuple[Network, ...] = ()
    caught_mail_limited: bool = False
    callers: Callers = UNASKED
    photo_bucket: str = ""
    ephemeral: bool = False

    @property
    def is_cloud(self) -> bool:
        """On the real Google Cloud, where an instance and its disk may be gone at any moment."""
        return self.stack == "google" and not self.firestore_emulator

    @property
    def receives_mail(self) -> bool:
        """Somebody hands us what comes to our addresses, so that letters may be replied to."""
        return bool(self.mail_is_caught or self.inbound_secret or self.imap_url)

    @property
    def mail_is_caught(self) -> bool:
        """No letter leaves this machine."""
        return not self.smtp_url

    @property
    def mail_is_limited(self) -> bool:
        """An address that nobody is known to read gets a few letters a day; caught ones trouble nobody.

        On Google Cloud always: there a function that shows pages does not hold SMTP_URL.
        """
        return self.is_cloud or not self.mail_is_caught or self.caught_mail_limited

    @property
    def nothing_is_real(self) -> bool:
        """Mail is caught and the store is on this machine: the local pages may be shown."""
        emulated = bool(self.firestore_emulator and self.pubsub_emulator)
        return self.mail_is_caught and (self.stack == "embedded" or emulated)


def read_settings(env: Mapping[str, str] | None = None) -> Settings:
    """Settings from the environment; SettingsError names the first that is wrong."""
    env = _own_environment() if env is None else env
    bind, port = env.get("LAKSA_BIND", "127.0.0.1"), _port(env.get("PORT", "8080"))
    settings = Settings(
        stack=_one_of(env, "LAKSA_STACK", ("embedded", "google")),
        bind=bind,
        port=port,
        data=Path(env.get("LAKSA_DATA", ".laksa")),
        url=_url(env.get("LAKSA_URL") or f"http://{reachable(bind)}:{port}"),
        smtp_url=Secret(_smtp(env.get("SMTP_URL", ""))),
        mail_from=_address(env.get("LAKSA_MAIL_FROM", "laksa@laksa.example")),
        project=env.get("GOOGLE_CLOUD_PROJECT", "laksa-local"),
        database=env.get("LAKSA_FIRESTORE_DATABASE") or "(default)",
        keys=_keys(env.get("LAKSA_KEYS", "")),
        firestore_emulator=env.get("FIRESTORE_EMULATOR_HOST", ""),
        pubsub_emulator=env.get("PUBSUB_EMULATOR_HOST", ""),
        proxies=_count(env.get("LAKSA_PROXIES") or _proxies_of(env)),
        inbound_secret=Secret(env.get("LAKSA_INBOUND_SECRET", "").strip()),
        imap_url=Secret(_imap(env.get("LAKSA_IMAP_URL", ""))),
        desk_allow=_networks(env.get("LAKSA_DESK_ALLOW", "")),
        heartbeat_url=_watcher("LAKSA_HEARTBEAT_URL", env.get("LAKSA_HEARTBEAT_URL", "")),
        backup_heartbeat_url=_watcher("LAKSA_BACKUP_HEARTBEAT_URL", env.get("LAKSA_BACKUP_HEARTBEAT_URL", "")),
        caught_mail_limited=_one_of(env, "LAKSA_MAIL_LIMIT", ("", "on")) == "on",
        photo_bucket=env.get("LAKSA_PHOTO_BUCKET", "").strip(),
        ephemeral=_one_of(env, "LAKSA_EPHEMERAL", ("", "on")) == "on",
    )
    _check_together(settings, env)
    return replace(settings, callers=_callers(env, settings))


def emulators_beside(data: Path) -> dict[str, str]:
    """host:port by variable of the emulators that a host on this data folder has started; {} without one."""
    try:
        told = json.loads((data / EMULATORS_FILE).read_text("utf-8"))
        return {variable: str(told[variable]) for variable in EMULATORS}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _own_environment() -> Mapping[str, str]:
    """This process's; Google's libraries read it too, so a command beside a host finds its emulators there."""
    unnamed = not any(os.environ.get(variable) for variable in EMULATORS)
    if os.environ.get("LAKSA_STACK") == "google" and unnamed:
        os.environ.update(emulators_beside(Path(os.environ.get("LAKSA_DATA", ".laksa"))))
    return os.environ


def _check_together(settings: Settings, env: Mapping[str, str]) -> None:
    if settings.smtp_url and "LAKSA_URL" not in env:
        raise SettingsError("LAKSA_URL is needed with SMTP_URL: links in real mails begin with it")
    if settings.is_cloud and not settings.keys:
        raise SettingsError("LAKSA_KEYS is needed on Google Cloud: the keys that sign links, newest first")
    if settings.is_cloud and not settings.photo_bucket:
        raise SettingsError("LAKSA_PHOTO_BUCKET is needed on Google Cloud: no instance keeps photos or a ledger")
    if settings.photo_bucket and settings.stack != "google":
        raise SettingsError("LAKSA_PHOTO_BUCKET is for LAKSA_STACK=google; else photos lie in LAKSA_DATA")


def _one_of(env: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    value = env.get(name, choices[0])
    if value not in choices:
        raise SettingsError(f"{name} is {value!r}; it must be one of {', '.join(choices)}")
    return value


def _port(value: str) -> int:
    if not value.isdigit() or not 0 < int(value) < 65536:
        raise SettingsError(f"PORT is {value!r}; it must be a number from 1 to 65535")
    return int(value)


def _count(value: str) -> int:
    if not value.isdigit():
        raise SettingsError(f"LAKSA_PROXIES is {value!r}; it must be the number of proxies in front")
    return int(value)


def _url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise SettingsError(f"LAKSA_URL is {value!r}; it must look like https://laksa.example")
    return value.rstrip("/")


def _callers(env: Mapping[str, str], settings: Settings) -> Callers:
    try:
        return read_callers(env, settings.url, settings.stack != "google" or bool(settings.pubsub_emulator))
    except ValueError as error:
        raise SettingsError(str(error)) from error


def _networks(value: str) -> tuple[Network, ...]:
    try:
        return read_networks(value)
    except ValueError as error:
        raise SettingsError(f"LAKSA_DESK_ALLOW: {error}; it must look like 10.20.0.0/16,2001:db8::/32") from error


def _keys(value: str) -> tuple[Secret, ...]:
    try:
        return tuple(map(Secret, read_keys(value)))
    except ValueError as error:
        raise SettingsError(f"LAKSA_KEYS: {error}; they stand newest first, commas between") from error


def _watcher(name: str, typed: str) -> Secret:
    value = typed.strip()
    if value and (urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).hostname):
        raise SettingsError(f"{name} must look like https://watcher.example/laksa")
    return Secret(value)


def _proxies_of(env: Mapping[str, str]) -> str:
    """Google's front end stands before every function and names the caller; on one machine nobody does."""
    on_google = env.get("LAKSA_STACK") == "google" and not env.get("FIRESTORE_EMULATOR_HOST")
    return "1" if on_google else "0"


def reachable(bind: str) -> str:
    """From this machine: an address that means every interface is no address to open."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(bind, bind)
    return f"[{host}]" if ":" in host else host


def _address(value: str) -> str:
    local, at, domain = value.rpartition("@")
    if not (local and at and "." in domain) or any(c.isspace() or c in "<>" for c in value):
        raise SettingsError(f"LAKSA_MAIL_FROM is {value!r}; it must be a bare address like laksa@kota.example")
    return value


def _smtp(value: str) -> str:
    if value and (urlsplit(value).scheme not in ("smtp", "smtps") or not urlsplit(value).hostname):
        raise SettingsError("SMTP_URL must look like smtp://user:password@host:587 or smtps://…:465")
    return value


def _imap(value: str) -> str:
    if value and not _names_a_mailbox(value):
        raise SettingsError("LAKSA_IMAP_URL must look like imaps://user:password@host/INBOX")
    return value


def _names_a_mailbox(url: str) -> bool:
    """Over TLS, or on this very machine."""
    try:
        parts = urlsplit(url)
        here = parts.hostname in ("127.0.0.1", "localhost", "::1")
        safe = parts.scheme == "imaps" or (parts.scheme == "imap" and here)
        return bool(safe and parts.hostname and parts.username and parts.password and parts.port != 0)
    except ValueError:  # a port that is no number
        return False
