"""Renders page templates to HTML: a missing variable is an error, text is escaped. The bundle contains compiled
templates, which a new process need not parse. Also serves style sheets, the script and the icon under names that
contain their hash.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from functions.views.shared.i18n import catalogue, full_date, full_moment, iso, short_date, short_moment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2 import BaseLoader, Environment
    from markupsafe import Markup


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
