"""Mails as mail programs and servers send them."""

from __future__ import annotations
from email.message import EmailMessage
from pathlib import Path

DOMAIN = "laksa.example"
KEY = "7k2mq9fd4d12-new_case-abcdefghijklmnop"
REPLY_TO = f"balas+{KEY}@{DOMAIN}"
BOUNCE_TO = f"pental+{KEY}@{DOMAIN}"
WORDS = "Sudah kami angkut pagi ini."
BOUNCES = Path(__file__).parent / "bounces"
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 20_000


def reply(text: str = WORDS, to: str = REPLY_TO, **headers: str) -> EmailMessage:
    """A person's answer; further headers with `_` for `-`."""
    message = EmailMessage()
    message["From"] = "Budi Santoso <budi@opd.example>"
    message["To"] = to
    message["Subject"] = "Re: LKS-7K2M-Q9FD-4: Sampah, Kel. Cikokol"
    message["Message-ID"] = "<abc123@mail.opd.example>"
    for name, value in headers.items():
        del message[name.replace("_", "-")]
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def raw_bounce(name: str, to: str = BOUNCE_TO) -> bytes:
    """A server's notice from its file, with its receiver filled in."""
    return (BOUNCES / name).read_bytes().replace(b"{to}", to.encode())
