"""Dates, numbers and sentences in the reader's language; Indonesian is the original. Filling placeholders never
raises.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

LOCALES = Path(__file__).parents[3] / "templates" / "locale"
Say = Callable[[str], str]


@lru_cache(maxsize=16)
def catalogue(lang: str, domain: str) -> gettext.NullTranslations:
    """The translations of one domain (words, pages, mails); the msgid is the Indonesian text."""
    if lang == "id":
        return gettext.NullTranslations()
    return gettext.translation(domain, LOCALES, [lang])


def translator(lang: str, domain: str = "words") -> Say:
    """A function from the Indonesian original to the reader's language."""
    return catalogue(lang, domain).gettext


def full_date(at: datetime | date, lang: str) -> str:
    """Senin, 30 November 2026 · Monday, 30 November 2026"""
    return _format(at, "EEEE, d MMMM y", lang)


def full_moment(at: datetime, lang: str) -> str:
    """Senin, 30 November 2026 pukul 16.00 WIB · Monday, 30 November 2026, 16.00 WIB"""
    pattern = "EEEE, d MMMM y 'pukul' HH.mm 'WIB'" if lang == "id" else "EEEE, d MMMM y, HH.mm 'WIB'"
    return _format(at, pattern, lang)


def short_date(at: datetime | date, lang: str = "id") -> str:
    """30 Nov 2026, for subjects and tables"""
    return _format(at, "d MMM y", lang)


def short_moment(at: datetime, lang: str = "id") -> str:
    """Sen, 23 Nov, 14.05, for the timeline"""
    return _format(at, "EEE, d MMM, HH.mm", lang)


def number(value: int, lang: str = "id") -> str:
    """12.080 · 12,080"""
    return f"{value:,}".replace(",", ".") if lang == "id" else f"{value:,}"


def iso(at: datetime | None) -> str | None:
    """ISO 8601 with +07:00, as machines read it."""
    from workflows.domain.deadlines.calendar import WIB  # not every page shows a moment

    return at.astimezone(WIB).isoformat(timespec="seconds") if at else None


def plain_moment(value: object) -> str:
    """For json.dumps: a moment in our ISO format, anything else as str."""
    return iso(value) or "" if isinstance(value, datetime) else str(value)


def _format(at: datetime | date, pattern: str, lang: str) -> str:
    from babel.dates import format_date, format_datetime

    from workflows.domain.deadlines.calendar import WIB

    locale = "id_ID" if lang == "id" else "en_GB"
    if isinstance(at, datetime):
        return format_datetime(at.astimezone(WIB), pattern, tzinfo=WIB, locale=locale)
    return format_date(at, pattern, locale=locale)


class _Facts(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "–"


class Blanks(dict[str, str]):
    """Typed text or errors by field; a missing field is ''."""

    def __missing__(self, key: str) -> str:
        return ""


def fill_blanks(sentence: str, facts: Mapping[str, Any]) -> str:
    """The sentence with its {placeholders} filled in; a dash where a fact is missing."""
    return sentence.format_map(_Facts(facts))


def capitalize(words: str) -> str:
    """The words with a capital first letter."""
    return words[:1].upper() + words[1:]


def N_(original: str) -> str:  # noqa: N802 - the name gettext tools look for
    """Marks a sentence for the catalogue; it is translated where it is used."""
    return original
