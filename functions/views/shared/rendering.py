"""Dates, numbers and sentences in the language of the reader (Indonesian is the original; filling placeholders
never raises), and page templates rendered to HTML: a missing variable is an error, text is escaped. The
bundle contains compiled templates, which a new process need not parse. Style sheets, the script and the icon
have names that contain their hash.
"""

from __future__ import annotations
import gettext
import hashlib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2 import BaseLoader, Environment
    from markupsafe import Markup


LOCALES = Path(__file__).parents[3] / "templates" / "locale"
Say = Callable[[str], str]


@lru_cache(maxsize=16)
def catalogue(lang: str, domain: str) -> gettext.NullTranslations:
    """The translations of one domain (words, pages, mails); the msgid is the Indonesian text, which is also what
    readers of a language get that only a newer release knows.
    """
    if lang == "id" or not (LOCALES / lang).is_dir():
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


COMPILED = "compiled"
"""The folder beside those of the templates; it exists in a bundle only, so it is never out of date."""


def loader_of(folder: Path) -> BaseLoader:
    """The templates of a folder: compiled if present, else from their files."""
    from jinja2 import ChoiceLoader, FileSystemLoader, ModuleLoader

    files, made = FileSystemLoader(folder), folder.with_name(COMPILED) / folder.name
    return ChoiceLoader([ModuleLoader(made), files]) if made.is_dir() else files


PAGES = Path(__file__).parents[3] / "templates" / "pages"

FAVICON = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40">'
    b'<path d="M3 18h34c0 8.5-6.5 15-15 15h-4.5L10 38v-6.8C5.7 28.5 3 23.7 3 18z" fill="#0b8a8f"/>'
    b'<path d="M7 12c3.2-4 6.5-4 9.7 0s6.5 4 9.7 0 5-3.6 6.6-2.6M11 5c2.6-3 5.2-3 7.8 0s5.2 3 7.8 0"'
    b' fill="none" stroke="#f4b63f" stroke-width="3" stroke-linecap="round"/></svg>'
)


EVERY_PAGE = "style.css"
LISTS = "list.css"
BOARD = "board.css"
RECEIPT = "receipt.css"
"""Style sheet for the offices' lists, the desk's board and the printed receipt, so that the form stays small."""

KEEP = "keep.css"
"""Style sheet of a printed receipt: only the card to keep."""

DRAFT = "draft.js"
"""Keeps a draft of the form on the phone: the only script."""


@lru_cache(maxsize=8)
def page_file(name: str = EVERY_PAGE) -> tuple[bytes, str]:
    """(bytes of a style sheet or the script, short hash)."""
    content = (PAGES / name).read_bytes()
    return content, _short_hash(content)


def page_file_url(name: str = EVERY_PAGE) -> str:
    """Its URL, which changes with its content, so it may be cached forever."""
    return f"/{name}?v={page_file(name)[1]}"


def favicon() -> tuple[bytes, str]:
    """(the icon as SVG for /favicon.svg, short hash)."""
    return FAVICON, _short_hash(FAVICON)


def _short_hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:10]


def render(template: str, lang: str, **facts: Any) -> str:
    """One page of templates/pages as HTML; UndefinedError when a variable is missing."""
    return environment(lang).get_template(template).render(lang=lang, **facts)


def bold(text: str, parts: Iterable[str]) -> Markup:
    """The text, escaped, with the named parts in bold."""
    from markupsafe import Markup, escape

    safe = escape(text)
    for part in dict.fromkeys(parts):
        safe = safe.replace(escape(part), Markup("<b>{}</b>").format(part))
    return safe


@lru_cache(maxsize=4)
def environment(lang: str) -> Environment:
    """The templates in the reader's language, created for the first page."""
    from jinja2 import Environment, StrictUndefined

    made = Environment(
        loader=loader_of(PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(catalogue(lang, "pages"), newstyle=True)  # type: ignore[attr-defined]
    made.filters["iso"] = iso
    made.filters["bold"] = bold
    shown = (full_date, full_moment, short_date, short_moment)
    made.filters.update({show.__name__: partial(show, lang=lang) for show in shown})
    made.globals |= {"stylesheet_url": page_file_url(), "draft_url": page_file_url(DRAFT)}
    return made
