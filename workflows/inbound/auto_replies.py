"""Recognises mail that no person wrote: auto-replies, lists, receipts, and our own mails that came back."""

from __future__ import annotations

import re
from collections.abc import Callable

from workflows.inbound.headers import Headers, decoded, first

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
