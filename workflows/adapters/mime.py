"""A mail of ours as a MIME message: the headers that every mail carries, and protection against
header injection.
"""

from __future__ import annotations
import re
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.headerregistry import Address, HeaderRegistry, MessageIDHeader
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from workflows.failures import MailRefused
from workflows.ports import Mail

DISPLAY_NAME = "Laksa Kota Tangerang"
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_HEADER_NAME = re.compile(r"[A-Za-z0-9-]+")


def _registry() -> HeaderRegistry:
    """A registry that keeps long identifiers whole: the library would fold them into encoded words that no client
    matches.
    """
    registry = HeaderRegistry()
    for name in ("references", "in-reply-to", "return-path"):
        registry.map_to_type(name, MessageIDHeader)  # type: ignore[arg-type]  # a mixin, as all are
    return registry


POLICY = SMTP.clone(max_line_length=76, header_factory=_registry())


def build_message(mail: Mail, mail_from: str, now: datetime) -> EmailMessage:
    """The complete message, From our own address; MailRefused for an invalid address or header name."""
    message = EmailMessage(policy=POLICY)
    # bodies first: making them alternatives moves every Content- header that exists already into the text
    message.set_content(mail.text, charset="utf-8", cte="quoted-printable")
    if mail.html:
        message.add_alternative(mail.html, subtype="html", charset="utf-8", cte="quoted-printable")
    message["From"] = address_of(mail_from, DISPLAY_NAME)
    message["To"] = address_of(mail.to)
    for name, value in _headers(mail, now).items():
        if value:
            _set(message, name, value)
    return message


def address_of(address: str, display_name: str = "") -> Address:
    """The single address in the text, its domain in ASCII. MailRefused for none, several, or a local part that few
    servers accept.
    """
    local, _, domain = address.rpartition("@")
    if _BREAKS.search(address) or address != address.strip() or not local or not local.isascii():
        raise MailRefused("the address cannot be written to")
    try:
        domain = domain if domain.startswith("[") else domain.encode("idna").decode("ascii")
        return Address(display_name, addr_spec=f"{local}@{domain}")
    except (ValueError, HeaderParseError, IndexError):
        raise MailRefused("the address cannot be written to") from None


def utc_now() -> datetime:
    """The default moment for the Date header."""
    return datetime.now(UTC)


def _headers(mail: Mail, now: datetime) -> dict[str, str]:
    return {
        "Subject": mail.subject,
        "Date": format_datetime(now),
        "Message-ID": _bracketed(mail.message_id),
        "In-Reply-To": _bracketed(mail.references),
        "References": _bracketed(mail.references),
        "Reply-To": str(address_of(mail.reply_to)) if mail.reply_to else "",
        "List-Id": _bracketed(mail.list_id),
        "Auto-Submitted": "auto-generated",
        "Content-Language": mail.language,
        **mail.headers,
    }


def _set(message: EmailMessage, name: str, value: str) -> None:
    """Set one header on one line; characters that could begin another header become spaces."""
    if not _HEADER_NAME.fullmatch(name) or name.lower() in ("from", "to", "cc", "bcc", "sender"):
        raise MailRefused(f"the header {name!r} cannot be set")
    del message[name]
    message[name] = _BREAKS.sub(" ", value).strip()


def _bracketed(identifier: str) -> str:
    bare = re.sub(r"[<>\s]", "", identifier)
    return f"<{bare}>" if bare else ""
