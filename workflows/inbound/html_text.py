"""A mail's HTML as the text that a person reads, with quotes marked by `>`. It looks at tags only, in linear time:
the library's parser takes half a minute over 100 kB of unclosed quotes, and anybody can send mail.
"""

from __future__ import annotations

import re
from html import unescape

_TOKEN = re.compile(
    r"<(?P<end>/?)(?P<tag>[a-z][a-z0-9:]*+)(?P<rest>[^<>]*+)>|<[!?/][^<>]*>?|(?P<text>[^<]+|<)", re.I
)
_LONG_NUMBER = re.compile(r"&#[0-9]{20,};?")
_NAMED = re.compile(r"\b(class|id)\s*=\s*[\"']?([^\"'>]*)", re.IGNORECASE)
_UNSEEN = frozenset(("head", "script", "style", "title", "template"))
_BOXES = frozenset(("div", "blockquote"))
_BREAKS = _BOXES | {
    "address",
    "article",
    "aside",
    "br",
    "center",
    "dd",
    "dl",
    "dt",
    "footer",
    "form",
    "header",
    "hr",
}
_BREAKS |= {"h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "p", "pre", "section", "table", "tr", "ul"}
_QUOTING = re.compile(
    r"\b(?:gmail_quote|gmail_extra|yahoo_quoted|moz-cite-prefix|protonmail_quote)", re.IGNORECASE
)
_ORIGINAL = re.compile(r"divRplyFwdMsg|appendonsend|mail-editor-reference-message-container", re.IGNORECASE)
ORIGINAL = "_" * 32
"""Outlook marks no quote around the original mail; this line, as in its plain texts, says where it begins."""


def html_text(html: str) -> str:
    """The text of any HTML, however broken, with paragraphs on lines of their own."""
    reader = _Reader()
    for token in _TOKEN.finditer(_without_comments(html)):
        tag = (token["tag"] or "").lower()
        if token["text"]:
            reader.text(unescape(_LONG_NUMBER.sub("\ufffd", token["text"])))  # the library raises for such numbers
        elif tag and token["end"]:
            reader.close(tag)
        elif tag:
            reader.open(tag, {name.lower(): value for name, value in _NAMED.findall(token["rest"])})
    return reader.whole()


def _without_comments(html: str) -> str:
    begin, *others = html.split("<!--")
    return begin + "".join(other.partition("-->")[2] for other in others)


class _Reader:
    def __init__(self) -> None:
        self._lines: list[str] = []
        self._words: list[str] = []
        self._unseen = ""  # the open element whose content is invisible
        self._spaced = True  # whether a blank line follows the open paragraph
        self._boxes: list[bool] = []  # for each open div and blockquote: whether it is a quote
        self._depth = 0  # how many of them are quotes

    def open(self, tag: str, given: dict[str, str]) -> None:
        """Handle a start tag with its class and id."""
        if tag == "body":
            self._unseen = ""
        elif tag in _UNSEEN:
            self._unseen = self._unseen or tag
        if tag in _BREAKS:
            self._end_line(blank=tag == "br")
        if _ORIGINAL.search(given.get("id", "")):
            self._lines.append(ORIGINAL)
        if tag in _BOXES:
            self._boxes.append(tag == "blockquote" or bool(_QUOTING.search(given.get("class", ""))))
            self._depth += self._boxes[-1]
        elif tag == "li":
            self._words.append("- ")
        elif tag == "p":
            self._spaced = "MsoNormal" not in given.get("class", "")

    def close(self, tag: str) -> None:
        """Handle an end tag, whether or not such an element is open."""
        if tag == self._unseen:
            self._unseen = ""
        if tag in _BREAKS and tag != "br":
            self._end_line()
        if tag == "p" and self._spaced:
            self._end_line(blank=True)
        if tag in _BOXES and self._boxes:
            self._depth -= self._boxes.pop()

    def text(self, words: str) -> None:
        """Handle words between tags."""
        if not self._unseen:
            self._words.append(words)

    def whole(self) -> str:
        """All text read so far."""
        self._end_line()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self._lines)).strip("\n")

    def _end_line(self, blank: bool = False) -> None:
        """End the current line; if it is empty, `blank` adds an empty line."""
        words = " ".join("".join(self._words).split())
        if words or blank:
            self._lines.append(("> " * min(self._depth, 9) + words).strip())
        self._words = []
