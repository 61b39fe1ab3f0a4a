"""Turns a page's template and its facts into HTML; what is missing is an error, what is text is escaped."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from functions.views.assets import DRAFT, PAGES, page_file_url
from functions.views.compiled import loader_of
from functions.views.words import catalogue, full_date, full_moment, iso, short_date, short_moment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2 import Environment
    from markupsafe import Markup


def render(template: str, lang: str, **facts: Any) -> str:
    """One page of templates/pages as HTML; UndefinedError when a fact is missing."""
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
    """The templates in the reader's language, made at the first page."""
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
