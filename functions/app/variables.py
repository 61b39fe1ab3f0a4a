"""Every environment variable that Laksa reads, with its default and its meaning: the one declaration of each.
`functions/app/settings` reads them; docs/configuration.md is generated from them.
"""

from __future__ import annotations
from typing import NamedTuple


class Variable(NamedTuple):
    """An environment variable: its default, its purpose, and its default in words if that says more."""

    default: str
    meaning: str
    shown: str = ""


VARIABLES = {
    "PORT": Variable("8080", "the port on which Laksa listens"),
    "LAKSA_BIND": Variable("127.0.0.1", "the address on which Laksa listens"),
    "LAKSA_DATA": Variable(
        ".laksa",
        "one folder with everything: `laksa.db`, `photos/`, `mail/`, `secrets.json`, `clock.json`, "
        "`erasures.jsonl`; photos and `erasures.jsonl` are stored here on either stack while there is no bucket",
    ),
    "LAKSA_URL": Variable(
        "", "the public address that links in mails begin with; needed with `SMTP_URL`", "`http://<bind>:<port>`"
    ),
    "SMTP_URL": Variable(
        "",
        "the server that sends mail: `smtp://user:password@host:587` (STARTTLS) or `smtps://…:465`",
        "none: mail is caught",
    ),
    "LAKSA_MAIL_FROM": Variable(
        "laksa@laksa.example",
        "the sender of every mail; replies and bounces come to `balas+…` and `pental+…` at its domain",
    ),
    "LAKSA_MAIL_LIMIT": Variable(
        "",
        "`on`: caught mail, too, waits after three mails a day to an address whose links nobody has opened (mail "
        "that is really sent always does; citizens' links in mails then end in `?m=…`, which has no other effect)",
    ),
    "LAKSA_INBOUND_SECRET": Variable(
        "",
        "anybody who knows it may hand in mail: `POST /surat-masuk` with `Authorization: Bearer …`",
        "none: all are refused",
    ),
    "LAKSA_IMAP_URL": Variable(
        "", "instead: `imaps://user:password@host/INBOX`, a mailbox of Laksa's own that each sweep looks into"
    ),
    "LAKSA_STACK": Variable("embedded", "what stands behind the ports: `embedded` or `google`"),
    "GOOGLE_CLOUD_PROJECT": Variable("laksa-local", "the project of the google stack"),
    "LAKSA_FIRESTORE_DATABASE": Variable("(default)", "its Firestore database; after a restore, the new one"),
    "LAKSA_PHOTO_BUCKET": Variable(
        "",
        "a private bucket of this city alone, for photos, mails that wait to be read, and the ledger of erasures; "
        "needed on Google Cloud",
    ),
    "FIRESTORE_EMULATOR_HOST": Variable("", "`host:port` of an emulator to use instead of the real Firestore"),
    "PUBSUB_EMULATOR_HOST": Variable("", "`host:port` of an emulator to use instead of the real Pub/Sub"),
    "STORAGE_EMULATOR_HOST": Variable(
        "", "the URL of an emulator to use instead of the real Cloud Storage; Google's library reads it"
    ),
    "LAKSA_CALLERS": Variable(
        "",
        "who checks the callers that wake a function (Pub/Sub, the scheduler): `iam` means Cloud Run itself, with "
        "one service for each function; `token` means Laksa, in one public service",
        "none on one machine; needed on Google Cloud",
    ),
    "LAKSA_PUSH_ACCOUNT": Variable("", "with `token`: the service account (e-mail) that pushes messages"),
    "LAKSA_TICK_ACCOUNT": Variable("", "with `token`: the service account (e-mail) of the scheduler"),
    "LAKSA_PUSH_AUDIENCE": Variable("", "with `token`: the audience of the pushes' tokens", "`LAKSA_URL`"),
    "LAKSA_TICK_AUDIENCE": Variable("", "with `token`: the audience of the scheduler's tokens", "`LAKSA_URL`"),
    "LAKSA_CALLER_CERTS": Variable(
        "", "with `token`, in tests alone: the address of the signer's certificates", "Google's"
    ),
    "LAKSA_KEYS": Variable(
        "",
        "keys that sign links, separated by commas, each of 16 characters or more: the first signs, all verify; "
        "needed on Google Cloud",
        "made at the first start",
    ),
    "LAKSA_EPHEMERAL": Variable(
        "",
        "`on`, in tests alone: on Cloud Run keep everything on the instance's own disk, which is soon gone; "
        "without it a start there without `LAKSA_STACK=google` is refused",
    ),
    "LAKSA_HEARTBEAT_URL": Variable(
        "", "an address that is opened after each sweep: a watcher outside calls somebody when it stays away"
    ),
    "LAKSA_BACKUP_HEARTBEAT_URL": Variable("", "the same, opened after each backup"),
    "LAKSA_DESK_ALLOW": Variable(
        "",
        "networks, separated by commas (`10.20.0.0/16, 2001:db8::/32`): from elsewhere the desk's links (`/meja`, "
        "`/papan`) answer 403. `127.0.0.1` is this machine. Stronger: a proxy that asks who it "
        "is, see the runbook",
        "none: from anywhere",
    ),
    "LAKSA_PROXIES": Variable(
        "",
        "how many proxies of yours stand in front, for the limit per address and `LAKSA_DESK_ALLOW`",
        "0; 1 on Google Cloud",
    ),
}
"""Every setting; `make docs` generates docs/configuration.md from it."""
