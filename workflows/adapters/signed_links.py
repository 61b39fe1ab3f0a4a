"""Capability links: short signed tokens that are all the right a person needs, made and checked without the store.
Also keys inside mail addresses (which notice a reply or bounce belongs to, independent of case) and recovery codes
(four groups of four characters that can be read aloud).
"""

from __future__ import annotations
import hashlib
import hmac
import re
import secrets
from base64 import b32encode
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from itsdangerous import Signer
from itsdangerous.encoding import base64_decode, base64_encode

from workflows.domain.complaint.ticket import ALPHABET, parse_ticket, read_characters
from workflows.errors import Forbidden

if TYPE_CHECKING:
    from workflows.ports import CaseGrant, ListGrant, MailboxGrant


LONGEST = 57
"""Characters that the longest of our prefixes leaves of the 64 before an @."""

MAIL_KEY_ROLES = {"citizen": "c", "department": "d", "desk": "m", "head": "h", "mayor": "w", "sekda": "s", "unit": "u"}

_NAMES = {letter: role for role, letter in MAIL_KEY_ROLES.items()}
_MAIL_KEY_SIGNATURE = r"-(?P<signature>[a-z2-7]{16})"
_OF_A_CASE = re.compile(
    r"(?P<ticket>[0-9a-z]{9})(?P<role>[a-z])(?P<sequence>\d{1,4})-(?P<template>[a-z_]{1,25})" + _MAIL_KEY_SIGNATURE,
    re.ASCII,
)
_OF_NO_CASE = re.compile(r"x-(?P<written>[0-9a-z._-]{1,38})" + _MAIL_KEY_SIGNATURE, re.ASCII)
_CASE_ID = re.compile(
    r"LKS-(?P<ticket>[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z])\.(?P<sequence>0|[1-9]\d{0,3})\.(?P<template>[a-z_]+)"
    r"\.(?P<role>[a-z]+)",
    re.ASCII,
)
_OTHER_ID = re.compile(r"[0-9A-Za-z_-]+(?:\.[0-9A-Za-z_-]+)*", re.ASCII)


class MailKeys:
    """Signed keys of at most LONGEST characters out of a-z, 0-9, `.`, `_`, `-`, by 80 bits of HMAC-SHA256. Each
    purpose has its own signed text; the first key of the list signs, all verify. Upper case is accepted.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = tuple(keys)

    def mail_key(self, purpose: str, notice_id: str) -> str:
        """The key of one notice for one purpose; ValueError for an id that is too long for an address."""
        key = f"{_written(notice_id)}-{self._signature(self._keys[0], purpose, notice_id)}"
        if len(key) > LONGEST:
            raise ValueError(f"{notice_id} is too long for a mail address")
        return key

    def read_mail_key(self, purpose: str, key: str) -> str:
        """The notice's id; Forbidden unless the key is complete, genuine, and of that purpose."""
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
    if found and found["role"] in MAIL_KEY_ROLES:
        ticket = found["ticket"].replace("-", "").lower()
        return f"{ticket}{MAIL_KEY_ROLES[found['role']]}{found['sequence']}-{found['template']}"
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
    """The id in lower case: `_` switches between the cases, `__` is `_` itself."""
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


LENGTH = 16
BITS = 5 * LENGTH
"""80 bits of HMAC-SHA256, as in the keys of our mail addresses."""
MAX_VERSIONS = 8
"""The highest key version with a recovery code; only an erasure makes another version."""


class SpokenCodes:
    """Recovery codes of a ticket and a version of its key. The first signing key makes them, all are tried."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = tuple(keys)

    def spoken_code(self, ticket: str, version: int) -> str:
        """The code XXXX-XXXX-XXXX-XXXX for a ticket in its normal spelling."""
        code = _code(self._keys[0], ticket, version)
        return "-".join(code[at : at + 4] for at in range(0, LENGTH, 4))

    def read_spoken_code(self, ticket: str, code: str) -> int:
        """The version of the key, for any spelling of ticket and code; else Forbidden. Takes constant time."""
        known, typed = parse_ticket(ticket), read_characters(code)
        if known is None or typed is None or len(typed) != LENGTH:
            raise Forbidden("no spoken code")
        versions = range(1, MAX_VERSIONS + 1)
        fitting = [n for n in versions for key in self._keys if hmac.compare_digest(_code(key, known, n), typed)]
        if not fitting:
            raise Forbidden("code does not fit")
        return fitting[0]


def _code(key: str, ticket: str, version: int) -> str:
    mac = hmac.digest(key.encode(), f"laksa.spoken\0{ticket}.{version}".encode(), "sha256")
    number = int.from_bytes(mac[: BITS // 8], "big")
    return "".join(ALPHABET[number >> shift & 31] for shift in range(BITS - 5, -1, -5))


ROLES = {"department": "d", "head": "h", "desk": "m", "unit": "u"}
MIN_KEY_LENGTH = 16

_LETTERS = {letter: role for role, letter in ROLES.items()}
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LARGEST = 36**5
_SIGNATURE = r"(?P<signature>[A-Za-z0-9_-]{27})"
_CASE_TOKEN = (
    _SIGNATURE + r"\.(?P<payload>(?P<ticket>[0-9A-Z]{9})(?P<role>[dhmu])"
    r"(?P<assignment_no>[0-9a-z]{1,5})-(?P<expires>[0-9a-z]{1,5}))"
)
_LIST_TOKEN = _SIGNATURE + r"\.(?P<payload>(?P<opd>[A-Z][A-Z0-9-]*)\.(?P<expires>[0-9a-z]{1,5}))"
_MAILBOX_TOKEN = (
    _SIGNATURE + r"\.(?P<payload>(?P<opd>[A-Z][A-Z0-9-]*)\.(?P<quarter>\d{4}-Q[1-4])\.(?P<address>[0-9a-f]{8}))"
)
_BOARD_TOKEN = _SIGNATURE + r"\.(?P<payload>papan-(?P<expires>[0-9a-z]{1,5}))"
_CITIZEN_KEY = _SIGNATURE + r"(?P<version>[0-9a-z]{1,5})"
_FORM_TOKEN = _SIGNATURE + r"\.(?P<payload>[0-9a-f]{24}-(?P<made>[0-9a-z]{1,7}))"
"""Pattern sources, compiled when the first token of their kind is read: a new form reads none."""


class SignedLinks:
    """Links by HMAC over BLAKE2b (160 bits), with a separate salt for each purpose and role. The first key signs,
    all verify: a new key goes in front, and old ones stay while their links live. `digest` uses the last key, so
    that values stored yesterday are still found; dropping that key loses them.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        if not keys or any(len(key) < MIN_KEY_LENGTH for key in keys):
            raise ValueError(f"links need at least one key, each of {MIN_KEY_LENGTH} characters or more")
        self._keys = list(keys)
        self._cases = {role: self._signer(f"laksa.case.{role}") for role in ROLES}
        self._list = self._signer("laksa.list")
        self._board = self._signer("laksa.board")
        self._mailbox = self._signer("laksa.mailbox")
        self._citizen = self._signer("laksa.citizen")
        self._form = self._signer("laksa.form")

    def case_token(self, grant: CaseGrant) -> str:
        """A token of one path segment for a complaint; its expiry is rounded up to the hour. ValueError for an
        unknown role.
        """
        if grant.role not in ROLES:
            raise ValueError(f"no links for the role {grant.role}")
        assignment_no, expires = _base36(grant.assignment_no), _base36(_hours(grant.expires))
        payload = f"{_nine(grant.ticket)}{ROLES[grant.role]}{assignment_no}-{expires}"
        return f"{_signature(self._cases[grant.role], payload)}.{payload}"

    def read_case_token(self, token: str) -> CaseGrant:
        """The grant of a complaint's token, valid to its last hour; Forbidden unless the token is complete and
        genuine.
        """
        from workflows.ports import CaseGrant

        found = _fullmatch(_CASE_TOKEN, token)
        ticket = parse_ticket(found["ticket"]) if found else None
        if found is None or ticket is None:
            raise Forbidden("no case token")
        role = _LETTERS[found["role"]]
        _require(self._cases[role], found["payload"], found["signature"])
        return CaseGrant(ticket, role, int(found["assignment_no"], 36), _until(found))

    def list_token(self, opd: str, expires: datetime) -> str:
        """A token of one path segment for a department's list; its expiry is rounded up to the hour."""
        payload = f"{opd}.{_base36(_hours(expires))}"
        if not _fullmatch(_LIST_TOKEN, f"{'x' * 27}.{payload}"):
            raise ValueError(f"no department's code: {opd}")
        return f"{_signature(self._list, payload)}.{payload}"

    def read_list_token(self, token: str) -> ListGrant:
        """The grant (department, expiry) of a list's token; Forbidden unless it is complete and genuine."""
        from workflows.ports import ListGrant

        found = _opened(_LIST_TOKEN, self._list, token)
        return ListGrant(found["opd"], _until(found))

    def board_token(self, expires: datetime) -> str:
        """A token of one path segment for the desk's board; its expiry is rounded up to the hour."""
        payload = f"papan-{_base36(_hours(expires))}"
        return f"{_signature(self._board, payload)}.{payload}"

    def read_board_token(self, token: str) -> datetime:
        """The expiry of a board's token; Forbidden unless it is complete and genuine."""
        return _until(_opened(_BOARD_TOKEN, self._board, token))

    def mailbox_token(self, grant: MailboxGrant) -> str:
        """A token of one path segment by which a department confirms that it reads its mailbox."""
        payload = f"{grant.opd}.{grant.quarter}.{grant.address}"
        if not _fullmatch(_MAILBOX_TOKEN, f"{'x' * 27}.{payload}"):
            raise ValueError(f"no mailbox check: {payload}")
        return f"{_signature(self._mailbox, payload)}.{payload}"

    def read_mailbox_token(self, token: str) -> MailboxGrant:
        """The grant (department, mailbox, quarter) of a mailbox token; Forbidden unless it is complete and
        genuine.
        """
        from workflows.ports import MailboxGrant

        found = _opened(_MAILBOX_TOKEN, self._mailbox, token)
        return MailboxGrant(found["opd"], found["quarter"], found["address"])

    def citizen_key(self, ticket: str, version: int) -> str:
        """The citizen's key for one ticket and version; every version has another key."""
        number = _base36(version)
        return _signature(self._citizen, f"{_nine(ticket)}.{number}") + number

    def check_citizen_key(self, ticket: str, key: str) -> int:
        """The version of a genuine key, for any spelling of the ticket; else Forbidden."""
        found, canonical = _fullmatch(_CITIZEN_KEY, key), parse_ticket(ticket)
        if found is None or canonical is None:
            raise Forbidden("no citizen key")
        _require(self._citizen, f"{_nine(canonical)}.{found['version']}", found["signature"])
        return int(found["version"], 36)

    def spoken_code(self, ticket: str, version: int) -> str:
        """The recovery code with the same right as the citizen's key; see SpokenCodes."""
        return self._spoken.spoken_code(ticket, version)

    def read_spoken_code(self, ticket: str, code: str) -> int:
        """The version of the key that a recovery code stands for; else Forbidden."""
        return self._spoken.read_spoken_code(ticket, code)

    def form_token(self, now: datetime) -> str:
        """A unique token for a form, with the second of its creation."""
        payload = f"{secrets.token_hex(12)}-{_base36((now - _EPOCH) // timedelta(seconds=1), 36**7)}"
        return f"{_signature(self._form, payload)}.{payload}"

    def form_token_age(self, token: str, now: datetime) -> float:
        """Seconds since the form was created, 0 when clocks disagree; Forbidden when it is not genuine."""
        found = _opened(_FORM_TOKEN, self._form, token)
        made = _EPOCH + timedelta(seconds=int(found["made"], 36))
        return max((now - made).total_seconds(), 0.0)

    def digest(self, purpose: str, value: str) -> str:
        """A keyed hash (32 hex characters) by which a value is found without being stored."""
        derived = self._signer("laksa.digest").derive_key(self._keys[-1])
        parts = [part.encode("utf-8", "surrogatepass") for part in (purpose, value)]
        message = len(parts[0]).to_bytes(8, "big") + b"".join(parts)
        return hmac.new(derived, message, _blake2b).hexdigest()[:32]

    def mail_key(self, purpose: str, notice_id: str) -> str:
        """The key in a mail address that says which notice it is for; see MailKeys."""
        return self._mail.mail_key(purpose, notice_id)

    def read_mail_key(self, purpose: str, key: str) -> str:
        """The notice's id, whatever the case of the key; else Forbidden."""
        return self._mail.read_mail_key(purpose, key)

    @cached_property
    def _mail(self) -> MailKeys:
        pass

        return MailKeys(self._keys)

    @cached_property
    def _spoken(self) -> SpokenCodes:
        pass

        return SpokenCodes(self._keys)

    def _signer(self, salt: str) -> Signer:
        # itsdangerous signs with the last key of its list
        return Signer(self._keys[::-1], salt=salt, key_derivation="hmac", digest_method=_blake2b)


def _blake2b(data: bytes = b"") -> Any:
    return hashlib.blake2b(data, digest_size=20)


def _signature(signer: Signer, payload: str) -> str:
    return signer.get_signature(payload).decode("ascii")


def _require(signer: Signer, payload: str, signature: str) -> None:
    # 27 characters hold 2 bits more than 20 bytes: only the spelling we write is genuine
    if base64_encode(base64_decode(signature)).decode("ascii") != signature:
        raise Forbidden("signature is not written as ours")
    if not signer.verify_signature(payload, signature):
        raise Forbidden("signature does not fit")


def _fullmatch(pattern: str, text: str) -> re.Match[str] | None:
    return re.fullmatch(pattern, text, re.ASCII)


def _opened(pattern: str, signer: Signer, token: str) -> re.Match[str]:
    """The match of a token of that kind; Forbidden unless it is complete and genuine."""
    found = _fullmatch(pattern, token)
    if found is None:
        raise Forbidden("no token of its kind")
    _require(signer, found["payload"], found["signature"])
    return found


def _until(found: re.Match[str]) -> datetime:
    return _EPOCH + timedelta(hours=int(found["expires"], 36))


def _nine(ticket: str) -> str:
    canonical = parse_ticket(ticket)
    if canonical is None:
        raise ValueError(f"no ticket: {ticket}")
    return canonical.removeprefix("LKS-").replace("-", "")


def _hours(expires: datetime) -> int:
    return -((_EPOCH - expires) // timedelta(hours=1))


def _base36(number: int, limit: int = _LARGEST) -> str:
    if not 0 <= number < limit:
        raise ValueError(f"a token holds 0 to {limit - 1}, not {number}")
    digits = _DIGITS[number % 36]
    while number := number // 36:
        digits = _DIGITS[number % 36] + digits
    return digits
