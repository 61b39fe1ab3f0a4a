"""The parts of a mail: its words as plain text, and everything else as attachments. Plain text whose lines were
broken for transport (format=flowed, RFC 3676) is joined again.
"""

from __future__ import annotations
import re
from collections.abc import Iterator
from email.message import EmailMessage, Message
from html import unescape
from itertools import chain, islice
from typing import cast

from workflows.frozen import frozen

_TOKEN = re.compile(r"<(?P<end>/?)(?P<tag>[a-z][a-z0-9:]*+)(?P<rest>[^<>]*+)>|<[!?/][^<>]*>?|(?P<text>[^<]+|<)", re.I)
_LONG_NUMBER = re.compile(r"&#[0-9]{20,};?")
_NAMED = re.compile(r"\b(class|id)\s*=\s*[\"']?([^\"'>]*)", re.IGNORECASE)
_UNSEEN = frozenset(("head", "script", "style", "title", "template"))
_BOXES = frozenset(("div", "blockquote"))
_BREAKS = _BOXES | {"address", "article", "aside", "br", "center", "dd", "dl", "dt", "footer", "form", "header", "hr"}
_BREAKS |= {"h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "p", "pre", "section", "table", "tr", "ul"}
_QUOTING = re.compile(r"\b(?:gmail_quote|gmail_extra|yahoo_quoted|moz-cite-prefix|protonmail_quote)", re.IGNORECASE)
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


_LINE = re.compile(r"(>*) ?(.*)", re.DOTALL)


def unflowed(text: str, delete_space: bool = False) -> str:
    """The lines as they were written; quoted ones keep their marks."""
    lines: list[tuple[int, list[str]]] = []
    broken = False
    for line in re.split(r"\r?\n", text):
        found = _LINE.fullmatch(line)
        depth, words = (len(found[1]), found[2]) if found else (0, line)
        goes_on = broken and lines[-1][0] == depth and words != "-- "
        broken = words.endswith(" ") and words != "-- "
        words = words[:-1] if broken and delete_space else words
        if goes_on:
            lines[-1][1].append(words)
        else:
            lines.append((depth, [words]))
    whole = ((depth, "".join(words)) for depth, words in lines)
    return "\n".join(f"{'>' * depth} {words}" if depth else words for depth, words in whole)


MAX_TEXT = 300_000
MAX_PARTS = 100
"""The most parts of one mail that are read, nested or not."""

DECORATION = 10_000
"""Bytes up to which a picture inside the text counts as the logo of a signature."""

_SEALS = frozenset(("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"))


@frozen
class Attachment:
    """A file that came with a mail; `name` may be empty, `content_type` is the sender's claim."""

    name: str
    content_type: str
    data: bytes


def text_of(message: EmailMessage) -> str:
    """All text that a reader sees, in order; of alternatives the plain one, unless it is blank."""
    return "\n".join(filter(None, _shown(message)))[:MAX_TEXT]


def attachments_of(message: EmailMessage) -> tuple[Attachment, ...]:
    """Every file among the first MAX_PARTS parts, without digital signatures and logos in the text."""
    files = [_attachment(part) for part in islice(_leaves(message), MAX_PARTS) if _is_file(part)]
    return tuple(file for file in files if file)


def _leaves(message: Message, left: int = 30) -> Iterator[Message]:
    """The parts with content; a mail inside a mail is one of them. Nesting stops at depth `left`."""
    if not message.is_multipart() or message.get_content_maintype() != "multipart":
        yield message
        return
    for part in _inside(message) if left else ():
        yield from _leaves(part, left - 1)


def _shown(message: Message, left: int = 30) -> list[str]:
    """The texts in their order, each read once at any depth."""
    if not message.is_multipart():
        is_text = message.get_content_maintype() == "text" and not _is_file(message)
        return [_text(message)] if is_text else []
    if message.get_content_maintype() != "multipart" or not left:
        return []
    each = (_shown(part, left - 1) for part in _inside(message))
    if message.get_content_subtype() == "alternative":
        return next((texts for texts in each if any(text.strip() for text in texts)), [])
    return list(islice(chain.from_iterable(each), MAX_PARTS))


def _inside(message: Message) -> list[Message]:
    return cast(list[Message], message.get_payload())[:MAX_PARTS]


def _is_file(part: Message) -> bool:
    if part.get_content_type() in _SEALS:
        return False
    named = part.get_content_disposition() == "attachment" or bool(part.get_filename())
    return named or part.get_content_maintype() != "text"


def _attachment(part: Message) -> Attachment | None:
    name = re.sub(r"[\x00-\x1f\x7f/\\]+", " ", part.get_filename() or "").strip()[:100]
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):  # a mail inside a mail
        return Attachment(name or "email", part.get_content_type(), b"")
    picture = part.get_content_maintype() == "image"
    in_text = picture and "content-id" in part and part.get_content_disposition() != "attachment"
    if not data or (in_text and len(data) < DECORATION):
        return None
    return Attachment(name, part.get_content_type(), data)


def _text(part: Message) -> str:
    data = part.get_payload(decode=True)
    text = _decoded(data if isinstance(data, bytes) else b"", str(part.get_content_charset() or "utf-8"))
    if part.get_content_subtype() == "html":
        return html_text(text)
    flowed = str(part.get_param("format", "")).lower() == "flowed"
    return unflowed(text, str(part.get_param("delsp", "")).lower() == "yes") if flowed else text


def _decoded(data: bytes, charset: str) -> str:
    try:
        return data[: 2 * MAX_TEXT].decode(charset, "replace")
    except (LookupError, ValueError):
        return data[: 2 * MAX_TEXT].decode("utf-8", "replace")
