"""All settings from the environment, read once and checked; an invalid value stops the start. Includes the signing
keys, lists of networks, and how private functions authenticate Pub/Sub and the scheduler.
"""

from __future__ import annotations
import ipaddress
import json
import os
from collections.abc import Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from functions.app.data_folder import EMULATORS_FILE
from functions.app.variables import VARIABLES
from workflows.frozen import frozen


def read_keys(typed: str) -> tuple[str, ...]:
    """The stripped keys of a comma-separated list, newest first; () for an empty one. ValueError names a key that
    is too short by its position: a key is never printed.
    """
    if not typed.strip():
        return ()
    from workflows.adapters.signed_links import MIN_KEY_LENGTH

    keys = tuple(key.strip() for key in typed.split(","))
    short = [place for place, key in enumerate(keys, start=1) if len(key) < MIN_KEY_LENGTH]
    if short:
        raise ValueError(f"key {short[0]} of {len(keys)} has fewer than {MIN_KEY_LENGTH} characters")
    return keys


Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def read_networks(value: str) -> tuple[Network, ...]:
    """Networks or single addresses, IPv4 and IPv6, comma-separated; ValueError names an invalid one."""
    return tuple(_network(part.strip()) for part in value.split(",")) if value.strip() else ()


def _network(part: str) -> Network:
    try:
        return ipaddress.ip_network(part)
    except ValueError as error:
        raise ValueError(f"{part!r} is no network{_meant(part)}") from error


def _meant(part: str) -> str:
    """What was probably meant when an address has host bits set."""
    try:
        return f"; did you mean {ipaddress.ip_network(part, strict=False)}?"
    except ValueError:
        return ""


def lies_in(address: str, networks: tuple[Network, ...]) -> bool:
    """Whether the address is in one of the networks; False for an invalid one. An IPv4 address in an IPv6 socket
    counts as IPv4.
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = parsed.ipv4_mapped if isinstance(parsed, ipaddress.IPv6Address) else None
    return any((mapped or parsed) in network for network in networks)


PUSH, TICK = "push", "tick"
IAM, TOKEN, NONE = "iam", "token", "none"
"""iam: Cloud Run has asked already. token: we check the caller's ourselves. none: nobody from outside can call."""
GOOGLE_CERTS = "https://www.googleapis.com/oauth2/v1/certs"


class Caller(NamedTuple):
    """Whose token wakes a function: the service account's e-mail, and the token's audience."""

    account: str
    audience: str


class Callers(NamedTuple):
    """Who authenticates the callers, and, if we do, the callers for pushes and for ticks."""

    check: str = NONE
    push: Caller = Caller("", "")
    tick: Caller = Caller("", "")
    certs: str = GOOGLE_CERTS

    def of(self, kind: str) -> Caller:
        """The caller of pushes or of ticks."""
        return {PUSH: self.push, TICK: self.tick}[kind]


UNASKED = Callers()


def read_callers(env: Mapping[str, str], url: str, emulated: bool) -> Callers:
    """The callers from the environment; ValueError names the invalid setting and what to do."""
    check = env.get("LAKSA_CALLERS") or (NONE if emulated else "")
    if check not in (IAM, TOKEN, NONE) or (check == NONE and not emulated):
        raise ValueError(
            "LAKSA_CALLERS is needed on Google Cloud: iam where each function is a service and Cloud Run asks who "
            "calls, token where one public service has them all"
        )
    certs = env.get("LAKSA_CALLER_CERTS") or GOOGLE_CERTS
    if certs != GOOGLE_CERTS and not emulated:
        raise ValueError("LAKSA_CALLER_CERTS is for tests on one machine: on Google Cloud only Google signs")
    if check != TOKEN:
        return Callers(check)
    push = Caller(_account(env, "LAKSA_PUSH_ACCOUNT"), env.get("LAKSA_PUSH_AUDIENCE") or url)
    tick = Caller(_account(env, "LAKSA_TICK_ACCOUNT"), env.get("LAKSA_TICK_AUDIENCE") or url)
    return Callers(check, push, tick, certs)


def _account(env: Mapping[str, str], name: str) -> str:
    account = env.get(name, "").strip()
    if "@" not in account or any(c.isspace() for c in account):
        raise ValueError(f"{name} is needed with LAKSA_CALLERS=token: the e-mail of the service account")
    return account


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


def _read(env: Mapping[str, str], name: str) -> str:
    """The value of a declared variable, or its declared default."""
    return env.get(name, VARIABLES[name].default)


@frozen
class Settings:
    """Where Laksa runs, where it stores data, how it sends mail."""

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
        """Whether it runs on the real Google Cloud, where an instance and its disk may vanish at any moment."""
        return self.stack == "google" and not self.firestore_emulator

    @property
    def receives_mail(self) -> bool:
        """Whether mail to our addresses reaches us, so that notices can be answered."""
        return bool(self.mail_is_caught or self.inbound_secret or self.imap_url)

    @property
    def mail_is_caught(self) -> bool:
        """Whether no mail leaves this machine."""
        return not self.smtp_url

    @property
    def mail_is_limited(self) -> bool:
        """Whether addresses that nobody is known to read get only a few mails a day; not for caught mail. Always
        on Google Cloud: there a function that shows pages does not have SMTP_URL.
        """
        return self.is_cloud or not self.mail_is_caught or self.caught_mail_limited

    @property
    def nothing_is_real(self) -> bool:
        """Whether mail is caught and the store is on this machine: the local pages may be shown."""
        emulated = bool(self.firestore_emulator and self.pubsub_emulator)
        return self.mail_is_caught and (self.stack == "embedded" or emulated)


def read_settings(env: Mapping[str, str] | None = None) -> Settings:
    """Settings from the environment; SettingsError names the first invalid one."""
    env = _own_environment() if env is None else env
    bind, port = _read(env, "LAKSA_BIND"), _port(_read(env, "PORT"))
    settings = Settings(
        stack=_one_of(env, "LAKSA_STACK", ("embedded", "google")),
        bind=bind,
        port=port,
        data=Path(_read(env, "LAKSA_DATA")),
        url=_url(_read(env, "LAKSA_URL") or f"http://{reachable(bind)}:{port}"),
        smtp_url=Secret(_smtp(_read(env, "SMTP_URL"))),
        mail_from=_address(_read(env, "LAKSA_MAIL_FROM")),
        project=_read(env, "GOOGLE_CLOUD_PROJECT"),
        database=_read(env, "LAKSA_FIRESTORE_DATABASE") or VARIABLES["LAKSA_FIRESTORE_DATABASE"].default,
        keys=_keys(_read(env, "LAKSA_KEYS")),
        firestore_emulator=_read(env, "FIRESTORE_EMULATOR_HOST"),
        pubsub_emulator=_read(env, "PUBSUB_EMULATOR_HOST"),
        proxies=_count(_read(env, "LAKSA_PROXIES") or _proxies_of(env)),
        inbound_secret=Secret(_read(env, "LAKSA_INBOUND_SECRET").strip()),
        imap_url=Secret(_imap(_read(env, "LAKSA_IMAP_URL"))),
        desk_allow=_networks(_read(env, "LAKSA_DESK_ALLOW")),
        heartbeat_url=_watcher(env, "LAKSA_HEARTBEAT_URL"),
        backup_heartbeat_url=_watcher(env, "LAKSA_BACKUP_HEARTBEAT_URL"),
        caught_mail_limited=_one_of(env, "LAKSA_MAIL_LIMIT", ("", "on")) == "on",
        photo_bucket=_read(env, "LAKSA_PHOTO_BUCKET").strip(),
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
    """This process's environment; a command beside a host adds its emulators, since Google's libraries read it
    too.
    """
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


def _watcher(env: Mapping[str, str], name: str) -> Secret:
    value = _read(env, name).strip()
    if value and (urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).hostname):
        raise SettingsError(f"{name} must look like https://watcher.example/laksa")
    return Secret(value)


def _proxies_of(env: Mapping[str, str]) -> str:
    """Number of trusted proxies: Google's front end names the caller; on one machine there is none by default."""
    on_google = env.get("LAKSA_STACK") == "google" and not env.get("FIRESTORE_EMULATOR_HOST")
    return "1" if on_google else "0"


def reachable(bind: str) -> str:
    """The address to open on this machine for a bind address that may mean every interface."""
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
    """Whether the IMAP URL uses TLS, or this machine."""
    try:
        parts = urlsplit(url)
        here = parts.hostname in ("127.0.0.1", "localhost", "::1")
        safe = parts.scheme == "imaps" or (parts.scheme == "imap" and here)
        return bool(safe and parts.hostname and parts.username and parts.password and parts.port != 0)
    except ValueError:  # a port that is no number
        return False
