"""Signed links: short tokens that are all the right a person needs, made and read without the store."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from itsdangerous import Signer
from itsdangerous.encoding import base64_decode, base64_encode

from workflows.domain.ticket import parse_ticket
from workflows.errors import Forbidden

if TYPE_CHECKING:  # a new form needs a token of its own, and none of these
    from workflows.adapters.mail_keys import MailKeys
    from workflows.adapters.spoken_codes import SpokenCodes
    from workflows.ports import ListRight, MailboxRight, Right

ROLES = {"department": "d", "head": "h", "desk": "m", "unit": "u"}
MIN_KEY_LENGTH = 16

_LETTERS = {letter: role for role, letter in ROLES.items()}
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LARGEST = 36**5
_SIGNATURE = r"(?P<signature>[A-Za-z0-9_-]{27})"
_CASE_TOKEN = (
    _SIGNATURE + r"\.(?P<payload>(?P<ticket>[0-9A-Z]{9})(?P<role>[dhmu])"
    r"(?P<generation>[0-9a-z]{1,5})-(?P<expires>[0-9a-z]{1,5}))"
)
_LIST_TOKEN = _SIGNATURE + r"\.(?P<payload>(?P<opd>[A-Z][A-Z0-9-]*)\.(?P<expires>[0-9a-z]{1,5}))"
_MAILBOX_TOKEN = (
    _SIGNATURE + r"\.(?P<payload>(?P<opd>[A-Z][A-Z0-9-]*)\.(?P<quarter>\d{4}-Q[1-4])\.(?P<address>[0-9a-f]{8}))"
)
_BOARD_TOKEN = _SIGNATURE + r"\.(?P<payload>papan-(?P<expires>[0-9a-z]{1,5}))"
_CITIZEN_KEY = _SIGNATURE + r"(?P<version>[0-9a-z]{1,5})"
_FORM_TOKEN = _SIGNATURE + r"\.(?P<payload>[0-9a-f]{24}-(?P<made>[0-9a-z]{1,7}))"
"""Compiled when the first token of its kind is read: a new form reads none."""


class SignedLinks:
    """Links by HMAC over BLAKE2b (160 bits), with a salt of its own for each purpose and role.

    The first key signs, all verify: a new key goes in front, the old ones stay while their links live. digest
    uses the last key, so that what was looked up yesterday is still found; dropping that key forgets it.
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

    def case_token(self, right: Right) -> str:
        """A token of one path segment; its expiry is rounded up to the hour. ValueError for an unknown role."""
        if right.role not in ROLES:
            raise ValueError(f"no links for the role {right.role}")
        generation, expires = _base36(right.generation), _base36(_hours(right.expires))
        payload = f"{_nine(right.ticket)}{ROLES[right.role]}{generation}-{expires}"
        return f"{_signature(self._cases[right.role], payload)}.{payload}"

    def read_case_token(self, token: str) -> Right:
        """What the token allows, by its last hour; Forbidden unless it is whole and ours."""
        from workflows.ports import Right

        found = _fullmatch(_CASE_TOKEN, token)
        ticket = parse_ticket(found["ticket"]) if found else None
        if found is None or ticket is None:
            raise Forbidden("no case token")
        role = _LETTERS[found["role"]]
        _require(self._cases[role], found["payload"], found["signature"])
        return Right(ticket, role, int(found["generation"], 36), _until(found))

    def list_token(self, opd: str, expires: datetime) -> str:
        """A token of one path segment for a department's list; its expiry is rounded up to the hour."""
        payload = f"{opd}.{_base36(_hours(expires))}"
        if not _fullmatch(_LIST_TOKEN, f"{'x' * 27}.{payload}"):
            raise ValueError(f"no department's code: {opd}")
        return f"{_signature(self._list, payload)}.{payload}"

    def read_list_token(self, token: str) -> ListRight:
        """Whose list the token opens, and until when; Forbidden unless it is whole and ours."""
        from workflows.ports import ListRight

        found = _opened(_LIST_TOKEN, self._list, token)
        return ListRight(found["opd"], _until(found))

    def board_token(self, expires: datetime) -> str:
        """A token of one path segment for the desk's board; its expiry is rounded up to the hour."""
        payload = f"papan-{_base36(_hours(expires))}"
        return f"{_signature(self._board, payload)}.{payload}"

    def read_board_token(self, token: str) -> datetime:
        """Until when the token opens the board; Forbidden unless it is whole and ours."""
        return _until(_opened(_BOARD_TOKEN, self._board, token))

    def mailbox_token(self, right: MailboxRight) -> str:
        """A token of one path segment by which a department says that it reads its mailbox."""
        payload = f"{right.opd}.{right.quarter}.{right.address}"
        if not _fullmatch(_MAILBOX_TOKEN, f"{'x' * 27}.{payload}"):
            raise ValueError(f"no mailbox check: {payload}")
        return f"{_signature(self._mailbox, payload)}.{payload}"

    def read_mailbox_token(self, token: str) -> MailboxRight:
        """Whose mailbox, which one, in which quarter; Forbidden unless it is whole and ours."""
        from workflows.ports import MailboxRight

        found = _opened(_MAILBOX_TOKEN, self._mailbox, token)
        return MailboxRight(found["opd"], found["quarter"], found["address"])

    def citizen_key(self, ticket: str, version: int) -> str:
        """The citizen's key to one ticket; another version is another key."""
        number = _base36(version)
        return _signature(self._citizen, f"{_nine(ticket)}.{number}") + number

    def check_citizen_key(self, ticket: str, key: str) -> int:
        """The version of a genuine key, of a ticket however it is typed; else Forbidden."""
        found, canonical = _fullmatch(_CITIZEN_KEY, key), parse_ticket(ticket)
        if found is None or canonical is None:
            raise Forbidden("no citizen key")
        _require(self._citizen, f"{_nine(canonical)}.{found['version']}", found["signature"])
        return int(found["version"], 36)

    def spoken_code(self, ticket: str, version: int) -> str:
        """The same right as the citizen's key, to be read aloud; see SpokenCodes."""
        return self._spoken.spoken_code(ticket, version)

    def read_spoken_code(self, ticket: str, code: str) -> int:
        """The version of the key that a code stands for; else Forbidden."""
        return self._spoken.read_spoken_code(ticket, code)

    def form_token(self, now: datetime) -> str:
        """A token no other form has, and that knows the second it was made."""
        payload = f"{secrets.token_hex(12)}-{_base36((now - _EPOCH) // timedelta(seconds=1), 36**7)}"
        return f"{_signature(self._form, payload)}.{payload}"

    def form_token_age(self, token: str, now: datetime) -> float:
        """Seconds since the form was made, 0 where clocks disagree; Forbidden when it is not ours."""
        found = _opened(_FORM_TOKEN, self._form, token)
        made = _EPOCH + timedelta(seconds=int(found["made"], 36))
        return max((now - made).total_seconds(), 0.0)

    def digest(self, purpose: str, value: str) -> str:
        """32 hex characters by which a value is found again without being kept."""
        derived = self._signer("laksa.digest").derive_key(self._keys[-1])
        parts = [part.encode("utf-8", "surrogatepass") for part in (purpose, value)]
        message = len(parts[0]).to_bytes(8, "big") + b"".join(parts)
        return hmac.new(derived, message, _blake2b).hexdigest()[:32]

    def mail_key(self, purpose: str, notice_id: str) -> str:
        """What stands in a mail address to say which letter it is for; see MailKeys."""
        return self._mail.mail_key(purpose, notice_id)

    def read_mail_key(self, purpose: str, key: str) -> str:
        """The id of the letter, however the case of the key was changed; else Forbidden."""
        return self._mail.read_mail_key(purpose, key)

    @cached_property
    def _mail(self) -> MailKeys:
        from workflows.adapters.mail_keys import MailKeys

        return MailKeys(self._keys)

    @cached_property
    def _spoken(self) -> SpokenCodes:
        from workflows.adapters.spoken_codes import SpokenCodes

        return SpokenCodes(self._keys)

    def _signer(self, salt: str) -> Signer:
        # itsdangerous signs with the last key of its list.
        return Signer(self._keys[::-1], salt=salt, key_derivation="hmac", digest_method=_blake2b)


def _blake2b(data: bytes = b"") -> Any:
    return hashlib.blake2b(data, digest_size=20)


def _signature(signer: Signer, payload: str) -> str:
    return signer.get_signature(payload).decode("ascii")


def _require(signer: Signer, payload: str, signature: str) -> None:
    # 27 characters hold 2 bits more than 20 bytes: only the one spelling we write is genuine.
    if base64_encode(base64_decode(signature)).decode("ascii") != signature:
        raise Forbidden("signature is not written as ours")
    if not signer.verify_signature(payload, signature):
        raise Forbidden("signature does not fit")


def _fullmatch(pattern: str, text: str) -> re.Match[str] | None:
    return re.fullmatch(pattern, text, re.ASCII)


def _opened(pattern: str, signer: Signer, token: str) -> re.Match[str]:
    """The parts of a token of that kind; Forbidden unless it is whole and ours."""
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
