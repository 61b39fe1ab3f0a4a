"""The host's own few pages: answers that the server gives before any function is called, from templates of this
folder in the style of all other pages.
"""

from __future__ import annotations
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from functions.views.shared.rendering import full_moment, iso, short_moment
from functions.web.http import HEADERS
from workflows.domain.deadlines.calendar import WIB

PAGES = Path(__file__).with_name("pages")
PAGE_HEADERS = {
    **HEADERS,
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": f"{HEADERS['Content-Security-Policy']}; frame-src 'self'",
}
_LINK = re.compile(r"https?://[^\s<>\"”]+")
_AFTER_LINK = ".,;:!?)]}'"


def render(template: str, home: str = "/_lokal", **facts: Any) -> str:
    """Render a template; an undefined name is an error."""
    return _environment().get_template(template).render(home=home, **facts)


def own_links(text: str, url: str) -> list[str]:
    """The links in a text that lead to this Laksa, each once; other links were typed by people."""
    found = (match.rstrip(_AFTER_LINK) for match in _LINK.findall(text))
    return list(dict.fromkeys(link for link in found if _is_own(link, url)))


def paragraphs(text: str, url: str) -> Markup:
    """A mail's text as HTML paragraphs; only links to this Laksa can be clicked."""
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
    """The moment in WIB as `datetime-local` needs it."""
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


@dataclass(frozen=True)
class Words:
    """The words of one refusal in both languages."""

    title: str
    indonesian: str
    english: str


UNREADABLE = Words(
    "Kiriman tidak terbaca",
    "Kiriman ini tidak terbaca dan tidak tersimpan. Buka formulir sekali lagi dan kirim dari sana.",
    "This could not be read and was not stored. Open the form again and send from there.",
)
TOO_LARGE = Words(
    "Kiriman terlalu besar",
    "Kiriman ini lebih dari 32 MB dan tidak tersimpan. Tekan “Kembali” di browser (tulisan biasanya masih ada), "
    "kurangi atau kecilkan foto, lalu kirim lagi.",
    "This is over 32 MB and was not stored. Press “Back” in your browser (your text is usually still there), "
    "use fewer or smaller photos, send again.",
)
BROKEN = Words(
    "Ada yang salah di pihak Laksa",
    "Bila Anda sedang mengirim laporan: laporan mungkin belum tersimpan. Tunggu 1 menit, lalu kirim lagi; "
    "tidak akan tercatat dua kali.",
    "If you were sending a report, it may not be stored yet. Wait one minute and send it again; it will not be "
    "filed twice.",
)

NOT_SO = Words(
    "Alamat ini dipakai dengan cara lain",
    "Alamat ini ada, tetapi tidak untuk dibuka dengan cara ini. Tidak ada yang berubah.",
    "This address exists, but is not used in this way. Nothing has changed.",
)
_SPECIAL = {405: NOT_SO, 413: TOO_LARGE}


def refusal(status: int, json_wanted: bool) -> tuple[dict[str, str], bytes]:
    """(headers, body) for a status: a page, or an RFC 9457 problem for machines."""
    words = _SPECIAL.get(status) or (UNREADABLE if status < 500 or status == 501 else BROKEN)
    if not json_wanted:
        return PAGE_HEADERS, render("refusal.html", home="/", words=words).encode()
    problem = {"type": "about:blank", "status": status, "title": words.title, "detail": words.indonesian}
    headers = {**PAGE_HEADERS, "Content-Type": "application/problem+json"}
    return headers, json.dumps(problem, ensure_ascii=False).encode()


def wants_json(accept: str, content_type: str) -> bool:
    """Whether Accept allows JSON only, or the body is JSON and Accept does not name HTML."""
    if "text/html" in accept:
        return False
    return "json" in accept or "json" in content_type
