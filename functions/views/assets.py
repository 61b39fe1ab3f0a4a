"""The files that pages ask for: sheets and a script under names that change with them, and the mark."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

PAGES = Path(__file__).parents[2] / "templates" / "pages"

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
"""What only the offices' lists, the desk's board or a receipt on paper need: the form stays light."""

KEEP = "keep.css"
"""A receipt on paper: the card to keep, and nothing else of the page."""

DRAFT = "draft.js"
"""Keeps a draft of the form on the phone: the only script."""


@lru_cache(maxsize=8)
def page_file(name: str = EVERY_PAGE) -> tuple[bytes, str]:
    """A sheet or the script, and a short hash of it."""
    content = (PAGES / name).read_bytes()
    return content, _short_hash(content)


def page_file_url(name: str = EVERY_PAGE) -> str:
    """Where pages find it; what has changed has another address, so it may be cached for good."""
    return f"/{name}?v={page_file(name)[1]}"


def favicon() -> tuple[bytes, str]:
    """The mark as SVG for /favicon.svg, and a short hash of it."""
    return FAVICON, _short_hash(FAVICON)


def _short_hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:10]
