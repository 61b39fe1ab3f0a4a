"""Reads a raw mail: its kind, the notice it is about, the sender's words, the attachments. Recognises what no
person wrote (auto-replies, lists, receipts, our own mails that came back), and a mail server's report that a mail
was not delivered: RFC 3464, and the older forms.
"""

from __future__ import annotations
import re
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.parser import BytesHeaderParser
from typing import Any, cast

from workflows.frozen import frozen
from workflows.inbound.headers import (
    LONGEST,
    Headers,
    bounce_keys,
    decoded,
    first,
    has_too_many,
    headers_of,
    message_id,
    recipients,
    reply_keys,
    sender_address,
    sender_name,
)
from workflows.inbound.parts import Attachment, attachments_of, text_of
from workflows.inbound.quote_stripping import own_words

MAX_CAUSE = 200
_REFUSAL = re.compile(
    r"(?<![\d.])(?:5\d\d[ -]#?5\.\d{1,3}\.\d{1,3}\b|#5\.\d\.\d\b|55\d[ -](?=[^\n]{0,120}\b"
    r"(?:user|mailbox|recipient|address|account|unknown|relay\w*|blocked|rejected|refused|unrouteable)\b))[^\n]{0,200}",
    re.IGNORECASE,
)


@frozen
class Bounce:
    """The server's report, without any address. `permanent`: the server does not try again."""

    permanent: bool
    cause: str


def read_bounce(message: EmailMessage, text: str) -> Bounce | None:
    """The bounce that a mail reports, or None. `text`: the mail's words."""
    blocks = [block for part in message.walk() for block in _recipients(part)]
    if blocks:
        # a final failure is permanent, with 5.1.1 (no such mailbox) as with 4.4.7 (tried for days)
        failed = [block for block in blocks if _says(block, "action").lower().startswith(("fail", "error"))]
        return Bounce(bool(failed), _cause((failed or blocks)[0]))
    refused = _REFUSAL.search(text)
    if refused or _known_server_says_so(message):
        return Bounce(True, _without_address(refused[0]) if refused else "")
    return None


def _recipients(part: Message) -> list[Message]:
    """The blocks of a delivery status about a recipient; the first block is about the whole mail."""
    if part.get_content_type() != "message/delivery-status" or not part.is_multipart():
        return []
    return [block for block in part.get_payload() if isinstance(block, Message) and "action" in block]


def _known_server_says_so(message: EmailMessage) -> bool:
    from flufl.bounce import all_failures

    try:
        _, permanent = all_failures(message)
    except Exception:  # the library was written for what servers send, not for what an attacker may send
        return False
    return bool(permanent)


def _cause(block: Message) -> str:
    _, _, said = _says(block, "diagnostic-code").partition(";")
    return _without_address(said or _says(block, "status"))


def _without_address(said: str) -> str:
    return " ".join(word for word in said.split() if "@" not in word)[:MAX_CAUSE]


def _says(block: Message, name: str) -> str:
    return str(block.get(name, "")).strip()


MAX_HOPS = 100
_NO = ("", "no", "false", "none")
_SUBJECT = re.compile(
    r"auto(?:matic)?[ -]?(?:reply|respon\w*|answer)\b|auto(?:reply|responder)?\s*:|out of (?:the )?office|ooo\b|"
    r"(?:i am |i'm )?(?:on (?:annual )?leave|on vacation|away from)|vacation\b|"
    r"(?:balasan|jawaban|respons?|pesan|email) otomatis|otomatis\s*:|(?:saya )?(?:sedang |masih )?"
    r"(?:di ?luar (?:kantor|kota)|dinas luar|cuti)\b|tidak (?:di|berada di) (?:kantor|tempat)|"
    r"undeliver\w*|delivery (?:status|failure)|mail delivery (?:failed|subsystem)|returned mail|failure notice|"
    r"(?:read|dibaca|not read)\s*:|tanda terima",
    re.IGNORECASE,
)
_ROBOT = re.compile(r"\b(?:mailer-daemon|postmaster|(?:no|do-?not)-?reply)@", re.IGNORECASE)
_TELLTALES: dict[str, Callable[[str], bool]] = {
    "auto-submitted": lambda value: value.split(";")[0].strip() not in _NO,
    "precedence": lambda value: value in ("bulk", "junk", "list", "auto_reply"),
    "return-path": lambda value: value.replace(" ", "") == "<>",
    "content-type": lambda value: value.startswith("multipart/report"),
}
_OUR_LETTER = re.compile(r"(?:LKS-\w{4}-\w{4}-\w|table|digest|list)\.[\w.-]+")


def is_loop(headers: Headers, domain: str) -> bool:
    """Whether this is our own mail, or one that has passed too many servers."""
    named, _, host = first(headers, "message-id").strip("<> ").rpartition("@")
    ours = host.lower() == domain.lower() and bool(_OUR_LETTER.fullmatch(named))
    listed = f"<laksa.{domain.lower()}>" in first(headers, "list-id").lower()
    return ours or listed or len(headers.get("received", ())) > MAX_HOPS


def why_automatic(headers: Headers) -> str:
    """The sign that a machine wrote the mail, as one word; '' when a person seems to have."""
    for name, told in _TELLTALES.items():
        if any(told(value.strip().lower()) for value in headers.get(name, ())):
            return name
    named = next((name for name in headers if _speaks_of_machines(name, headers)), "")
    if named:
        return named
    if _ROBOT.search(first(headers, "from")):
        return "from"
    return "subject" if _SUBJECT.match(decoded(first(headers, "subject"))) else ""


def _speaks_of_machines(name: str, headers: Headers) -> bool:
    telling = name.startswith(("x-auto", "x-mail-auto", "x-vacation", "list-"))
    return telling and any(value.strip().lower() not in _NO for value in headers[name])


REPLY, BOUNCE, AUTO_REPLY, LOOP, UNKNOWN = "reply", "bounce", "auto_reply", "loop", "unknown"


class _Short(policy.EmailPolicy):
    """A policy that parses only the beginning of a header: the library takes seconds for one of some thousand
    characters.
    """

    # limits how much is parsed, not what the mail contains
    def header_fetch_parse(self, name: str, value: str) -> Any:
        return super().header_fetch_parse(name, value[:LONGEST])


@frozen
class Head:
    """What identifies a mail: its Message-ID, and the notices it may be about as keys of our
    addresses, unchecked.
    """

    message_id: str = ""
    reply_keys: tuple[str, ...] = ()
    bounce_keys: tuple[str, ...] = ()


@frozen
class Inbound:
    """A mail as far as Laksa needs it. `kind`: one of the five above. `keys`: from the addresses it came to,
    unchecked. `why`: the sign of a machine, or the reason of a bounce. `sender`, `address` (as claimed), `words`
    and `attachments` only when a person wrote it.
    """

    kind: str
    keys: tuple[str, ...] = ()
    message_id: str = ""
    sender: str = ""
    address: str = ""
    words: str = ""
    attachments: tuple[Attachment, ...] = ()
    why: str = ""


def read_inbound(raw: bytes, domain: str) -> Inbound:
    """The mail in these bytes; `domain` is that of our own mails. Never raises: at worst the kind is unknown."""
    if has_too_many(raw):
        return Inbound(UNKNOWN, why="headers")
    try:
        message = cast(EmailMessage, message_from_bytes(raw, EmailMessage, policy=_Short()))
        return _read(message, headers_of(message), domain)
    except Exception as error:  # the library has another exception for each way to be malformed
        return Inbound(UNKNOWN, why=type(error).__name__)


def read_head(raw: bytes) -> Head:
    """Message-ID and addressed keys of a raw mail, without parsing the rest. Never raises; empty when there are
    too many headers.
    """
    if has_too_many(raw):
        return Head()
    try:
        headers = headers_of(BytesHeaderParser(EmailMessage, policy=policy.default).parsebytes(raw))
    except Exception:
        return Head()
    to = recipients(headers)
    return Head(message_id(headers), reply_keys(to), bounce_keys(to))


def _read(message: EmailMessage, headers: Headers, domain: str) -> Inbound:
    to, id = recipients(headers), message_id(headers)
    if is_loop(headers, domain):
        return Inbound(LOOP, message_id=id)
    if keys := bounce_keys(to):
        bounce = read_bounce(message, text_of(message))
        failed = bounce is not None and bounce.permanent
        return Inbound(BOUNCE if failed else AUTO_REPLY, keys, id, why=bounce.cause if bounce else "")
    keys = reply_keys(to)
    if why := why_automatic(headers):
        return Inbound(AUTO_REPLY, keys, id, why=why)
    if not keys:
        return Inbound(UNKNOWN, message_id=id)
    words, files = own_words(text_of(message)), attachments_of(message)
    return Inbound(REPLY, keys, id, sender_name(headers)[:100], sender_address(headers), words, files)
