"""The host's own few pages: templates of this folder, in the dress of all the others."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from functions.edge.answers import HEADERS
from functions.views.words import full_moment, iso, short_moment
from workflows.domain.calendar import WIB

PAGES = Path(__file__).with_name("pages")
PAGE_HEADERS = {
    **HEADERS,
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": f"{HEADERS['Content-Security-Policy']}; frame-src 'self'",
}
_LINK = re.compile(r"https?://[^\s<>\"”]+")
_AFTER_LINK = ".,;:!?)]}'"


def render(template: str, home: str = "/_lokal", **facts: Any) -> str:
    """One page; a name that a template does not find is an error."""
    return _environment().get_template(template).render(home=home, **facts)


def own_links(text: str, url: str) -> list[str]:
    """The links in a text that lead to this Laksa, once each; links that people typed lead elsewhere."""
    found = (match.rstrip(_AFTER_LINK) for match in _LINK.findall(text))
    return list(dict.fromkeys(link for link in found if _is_own(link, url)))


def paragraphs(text: str, url: str) -> Markup:
    """A mail's text as paragraphs, its own links to be clicked and everything else only to be read."""
    blocks = (block for block in re.split(r"\n\s*\n", text.strip()) if block)
    return Markup("\n").join(Markup("<p>{}</p>").format(_lines(block, url)) for block in blocks)


def _lines(block: str, url: str) -> Markup:
    return Markup("<br>\n").join(_linked(line, url) for line in block.splitlines())


def _linked(line: str, url: str) -> Markup:
    pieces, end = [], 0
    for match in _LINK.finditer(line):
        link = match[0].rstrip(_AFTER_LINK)
        if _is_own(link, url):
            pieces += [escape(line[end : match.start()]), Markup('<a href="{0}">{0}</a>').format(link)]
            end = match.start() + len(link)
    return Markup("").join([*pieces, escape(line[end:])])


def _is_own(link: str, url: str) -> bool:
    return link == url or link.startswith((f"{url}/", f"{url}?"))


def _local_input(at: datetime) -> str:
    """As `datetime-local` wants it, in WIB."""
    return at.astimezone(WIB).strftime("%Y-%m-%dT%H:%M")


def _in_indonesian(say: Callable[[datetime, str], str]) -> Callable[[datetime], str]:
    return lambda at: say(at, "id")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(PAGES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["full_moment"] = _in_indonesian(full_moment)
    environment.filters["short_moment"] = _in_indonesian(short_moment)
    environment.filters["iso"] = iso
    environment.filters["local_input"] = _local_input
    environment.filters["own_links"] = own_links
    environment.filters["paragraphs"] = paragraphs
    return environment
