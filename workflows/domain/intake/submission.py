"""Checks what a citizen typed: every invalid field is reported at once, and nothing is lost. Knows which
characters are visible: many are neither drawn nor blanks.
"""

from __future__ import annotations
import hashlib
import json
import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields, replace
from typing import TYPE_CHECKING

from workflows.domain.complaint.model import KINDS, LANGUAGES, VISIBILITIES, Visibility
from workflows.domain.privacy import redaction
from workflows.errors import FieldError, InvalidInput
from workflows.frozen import frozen

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber


_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and signs by their category, but drawn as nothing."""


def shows(text: str) -> bool:
    """Whether any character of it is visible."""
    return any(not character.isspace() and _takes_room(character) for character in text)


def seen_length(text: str) -> int:
    """How many characters a reader would count, blanks between words included."""
    return sum(map(_takes_room, text))


def _takes_room(character: str) -> bool:
    return character not in _BLANKS and unicodedata.category(character) != "Cf"


MESSAGE_MIN, MESSAGE_MAX = 10, 5000
LIMITS = {"name": 100, "place": 300, "email": 254, "phone": 30}
LATITUDES, LONGITUDES = (-6.8, -5.5), (106.0, 107.4)
"""Degrees, some 60 km around Tangerang: includes a pin that is a street off, excludes a slip of the finger."""
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd\ud800-\udfff\ufffe\uffff]")

ParseArea = Callable[[str], str | None]


@frozen
class Submission:
    """A complaint as sent, all fields sound. `name`, `email` and `phone` never reach the complaint itself."""

    message: str
    name: str = ""
    email: str = ""
    phone: str = ""
    place: str = ""
    kelurahan: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    visibility: str = "confidential"
    contact: bool = False
    kind: str | None = None
    lang: str = "id"

    def fingerprint(self) -> str:
        """The same for the same words of the same sender, whatever else the request carried."""
        return hashlib.blake2b(json.dumps(asdict(self)).encode(), digest_size=16).hexdigest()


FIELDS = tuple(field.name for field in fields(Submission))


def read_submission(sent: Mapping[str, str], parse_area: ParseArea) -> Submission:
    """A submission from typed fields; InvalidInput carries one FieldError for each that is not sound."""
    typed = {name: tidy(sent.get(name, "")) for name in FIELDS}
    errors = [e for e in (*_unreadable(typed), *_too_long(typed)) if e]
    bad = {e.field for e in errors}
    if "message" not in bad:
        errors += _message_errors(typed["message"])
    found: dict[str, object] = {}
    for name, parse in _parsers(parse_area).items():
        if name in bad or not typed[name]:
            continue
        try:
            found[name] = parse(typed[name])
        except _Wrong as wrong:
            errors.append(FieldError(name, wrong.code, wrong.facts))
    errors += _half_a_point(typed, errors)
    if errors:
        raise InvalidInput(sorted(errors, key=lambda e: FIELDS.index(e.field)))
    return _without_identity(_named(Submission(message=typed["message"], **found)))  # type: ignore[arg-type]


def _named(sent: Submission) -> Submission:
    """The submission with the reporter's own name tagged in the text, so that nobody else reads it there."""
    if not sent.name:
        return sent
    message, place = (redaction.tag_reporter_name(words, sent.name) for words in (sent.message, sent.place))
    return replace(sent, message=message, place=place)


def _without_identity(sent: Submission) -> Submission:
    """An anonymous submission: name and contact are dropped, even when they were typed."""
    if sent.visibility != Visibility.ANONYMOUS:
        return sent
    return Submission(**{**asdict(sent), "name": "", "email": "", "phone": "", "contact": False})


class _Wrong(Exception):
    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def readable(value: str) -> bool:
    """Whether every character can be stored, shown and mailed: no control characters, no broken ones."""
    return not _UNREADABLE.search(value)


def tidy(value: str) -> str:
    """Typed text as it is stored and counted: one character per line break, stripped. '' if nothing of it is
    visible.
    """
    text = redaction.untagged_text(value).replace("\r\n", "\n").replace("\r", "\n").strip()
    return text if shows(text) else ""


def _unreadable(typed: Mapping[str, str]) -> list[FieldError]:
    return [FieldError(name, "unreadable") for name, value in typed.items() if not readable(value)]


def _too_long(typed: Mapping[str, str]) -> list[FieldError]:
    return [
        FieldError(name, "too_long", {"max": most, "n": len(typed[name]), "over": len(typed[name]) - most})
        for name, most in LIMITS.items()
        if len(typed[name]) > most
    ]


def _message_errors(message: str) -> list[FieldError]:
    if not message:
        return [FieldError("message", "empty")]
    if (seen := seen_length(message)) < MESSAGE_MIN:
        return [FieldError("message", "too_short", {"n": seen})]
    if (n := len(message)) > MESSAGE_MAX:
        facts = {"n": n, "max": MESSAGE_MAX, "over": n - MESSAGE_MAX}
        return [FieldError("message", "too_long", facts)]
    return []


def _half_a_point(typed: Mapping[str, str], errors: list[FieldError]) -> list[FieldError]:
    """Coordinates need both numbers; the error is at the missing one."""
    lat, lon = typed["latitude"], typed["longitude"]
    if bool(lat) == bool(lon) or {e.field for e in errors} & {"latitude", "longitude"}:
        return []
    return [FieldError("longitude" if lat else "latitude", "bad_point")]


def _parsers(parse_area: ParseArea) -> dict[str, Callable[[str], object]]:
    return {
        "name": _one_line,
        "place": _one_line,
        "email": _email,
        "phone": _phone,
        "kelurahan": lambda value: _area(value, parse_area),
        "latitude": lambda value: _degrees(value, 90, LATITUDES),
        "longitude": lambda value: _degrees(value, 180, LONGITUDES),
        "visibility": lambda value: _choice(value, VISIBILITIES),
        "contact": lambda value: _choice(value.lower(), ("yes", "no")) == "yes",
        "kind": lambda value: _choice(value, KINDS),
        "lang": lambda value: _choice(value, LANGUAGES),
    }


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _email(value: str) -> str:
    from email_validator import EmailNotValidError, validate_email

    try:
        known = validate_email(value, check_deliverability=False, globally_deliverable=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise _Wrong("bad_email") from error
    if "." not in known.domain:
        raise _Wrong("bad_email")
    return known.normalized


def _phone(value: str) -> str:
    """A possible number; one with too many or too few digits is reported while it can be corrected."""
    import phonenumbers

    number = _number(value)
    if not phonenumbers.is_valid_number(number):
        raise _Wrong("bad_phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _number(value: str) -> PhoneNumber:
    import phonenumbers

    # Without a 0 before it, 62 is Indonesia itself and never an area code.
    typed = f"+{value}" if value.startswith("62") else value
    try:
        return phonenumbers.parse(typed, "ID")
    except phonenumbers.NumberParseException as error:
        raise _Wrong("bad_phone") from error


def normal_phone(typed: str) -> str:
    """A phone number as it is stored (+62…); an invalid one is returned as typed and matches nothing. Impossible
    numbers are read too: older releases stored some.
    """
    import phonenumbers

    try:
        number = _number(typed.strip()) if typed.strip() else None
    except _Wrong:
        return typed
    if number is None:
        return ""
    possible = phonenumbers.is_possible_number(number)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if possible else typed


def _area(value: str, parse_area: ParseArea) -> str:
    code = parse_area(value)
    if code is None:
        raise _Wrong("unknown_kelurahan", x=value[:60])
    return code


def _degrees(value: str, most: float, around: tuple[float, float]) -> float:
    try:
        degrees = float(value.replace(",", "."))
    except ValueError as error:
        raise _Wrong("bad_point") from error
    if not math.isfinite(degrees) or abs(degrees) > most:
        raise _Wrong("bad_point")
    if not around[0] <= degrees <= around[1]:
        raise _Wrong("far_point")
    return degrees


def _choice(value: str, choices: tuple[str, ...]) -> str:
    if value not in choices:
        raise _Wrong("bad_choice")
    return value
