"""Keys inside mail addresses: which letter a reply or a bounce belongs to, signed, in any case of letters."""

from __future__ import annotations

import hmac
import re
from base64 import b32encode
from collections.abc import Sequence

from workflows.domain.ticket import parse_ticket
from workflows.errors import Forbidden

LONGEST = 57
"""Of the 64 characters before an @, what the longest of our prefixes leaves."""

ROLES = {"citizen": "c", "department": "d", "desk": "m", "head": "h", "mayor": "w", "sekda": "s", "unit": "u"}

_NAMES = {letter: role for role, letter in ROLES.items()}
_SIGNATURE = r"-(?P<signature>[a-z2-7]{16})"
_OF_A_CASE = re.compile(
    r"(?P<ticket>[0-9a-z]{9})(?P<role>[a-z])(?P<sequence>\d{1,4})-(?P<template>[a-z_]{1,25})" + _SIGNATURE,
    re.ASCII,
)
_OF_NO_CASE = re.compile(r"x-(?P<written>[0-9a-z._-]{1,38})" + _SIGNATURE, re.ASCII)
_CASE_ID = re.compile(
    r"LKS-(?P<ticket>[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z])\.(?P<sequence>0|[1-9]\d{0,3})\.(?P<template>[a-z_]+)"
    r"\.(?P<role>[a-z]+)",
    re.ASCII,
)
_OTHER_ID = re.compile(r"[0-9A-Za-z_-]+(?:\.[0-9A-Za-z_-]+)*", re.ASCII)


class MailKeys:
    """Keys of at most LONGEST characters out of a-z, 0-9, `.`, `_`, `-`, by 80 bits of HMAC-SHA256.

    Each purpose signs a text of its own; the first key of the list signs, all verify. Upper case is read as lower.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = tuple(keys)

    def mail_key(self, purpose: str, notice_id: str) -> str:
        """The key of one letter for one purpose; ValueError for an id that no address has room for."""
        key = f"{_written(notice_id)}-{self._signature(self._keys[0], purpose, notice_id)}"
        if len(key) > LONGEST:
            raise ValueError(f"{notice_id} is too long for a mail address")
        return key

    def read_mail_key(self, purpose: str, key: str) -> str:
        """The id of the letter; Forbidden unless the key is whole, ours, and of that purpose."""
        found = key.isascii() and (_OF_A_CASE.fullmatch(key.lower()) or _OF_NO_CASE.fullmatch(key.lower()))
        notice_id = _read(found) if found else None
        if not found or notice_id is None or f"{_written(notice_id)}-{found['signature']}" != key.lower():
            raise Forbidden("no mail key")
        ours = (self._signature(signing, purpose, notice_id) for signing in self._keys)
        if not any(hmac.compare_digest(signature, found["signature"]) for signature in ours):
            raise Forbidden("signature does not fit")
        return notice_id

    def _signature(self, signing: str, purpose: str, notice_id: str) -> str:
        mac = hmac.digest(signing.encode(), f"laksa.mail.{purpose}\0{notice_id}".encode(), "sha256")
        return b32encode(mac[:10]).decode("ascii").lower()  # 16 characters without a spare bit: one spelling


def _written(notice_id: str) -> str:
    found = _CASE_ID.fullmatch(notice_id)
    if found and found["role"] in ROLES:
        ticket = found["ticket"].replace("-", "").lower()
        return f"{ticket}{ROLES[found['role']]}{found['sequence']}-{found['template']}"
    if not _OTHER_ID.fullmatch(notice_id):
        raise ValueError(f"{notice_id!r} cannot stand in a mail address")
    return f"x-{_in_one_case(notice_id)}"


def _read(found: re.Match[str]) -> str | None:
    parts = found.groupdict()
    if "written" in parts:
        notice_id = _in_both_cases(parts["written"])
        return notice_id if _OTHER_ID.fullmatch(notice_id) else None
    ticket, role = parse_ticket(parts["ticket"]), _NAMES.get(parts["role"])
    if ticket is None or role is None:
        return None
    return f"{ticket}.{int(parts['sequence'])}.{parts['template']}.{role}"


def _in_one_case(text: str) -> str:
    """Small letters only: `_` goes over to the other case, `__` is `_` itself."""
    written, large = "", False
    for character in text:
        if character.isalpha() and character.isupper() != large:
            written, large = f"{written}_", not large
        written += "__" if character == "_" else character.lower()
    return written


def _in_both_cases(written: str) -> str:
    read, large = "", False
    for piece in re.findall("__|.", written):
        if piece == "_":
            large = not large
        else:
            read += "_" if piece == "__" else piece.upper() if large else piece
    return read
