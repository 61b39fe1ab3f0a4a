"""Text for mails: cleaned, links disabled, quoted, cut and wrapped."""

from __future__ import annotations
import re
import textwrap
from html import escape

SUBJECT_MAX = 67
"""With its name the header is one line of 76 characters; a longer one would be folded."""
QUOTE_BYTES = 5000
WIDTH = 76
_MARKS = {"> ": "> ", "  ": "    "}

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_BREAK = re.compile(r"\r\n|[\r\u2028\u2029]")
_SCHEME = re.compile(r"\b([a-z][a-z0-9+.-]*):(?=//)", re.IGNORECASE)
_MAILTO = re.compile(r"\b(mailto|tel|sms):(?=\S)", re.IGNORECASE)
# mail programs also link bare names with a common ending, so these dots are broken too
_DOMAIN = re.compile(
    r"(?<=[\w-])\.(?=(?:com|net|org|info|biz|id|my|sg|io|me|co|ly|gl|gg|to|cc|tv|dev|app|link|site|online"
    r"|shop|store|top|xyz|page|web|club|live|vip|win|click|ws|us|uk|eu|ru|cn|in|so|be|do)\b)",
    re.IGNORECASE,
)
_WWW = re.compile(r"\bwww(?=\.)", re.IGNORECASE)


def dead_links(text: str) -> str:
    """The text with a blank wherever a mail program would detect a link: http: //…, www .…, contoh .id"""
    text = _WWW.sub(lambda found: f"{found[0]} ", text)
    text = _SCHEME.sub(r"\1: ", text)
    text = _MAILTO.sub(r"\1: ", text)
    return _DOMAIN.sub(" .", text)


def plain_typed(text: str) -> str:
    """Typed text for an official mail: no invisible characters, no working link, its own lines."""
    lines = _UNSEEN.sub("", _BREAK.sub("\n", text)).split("\n")
    calm = dead_links("\n".join(" ".join(line.split()) for line in lines))
    return re.sub(r"\n{3,}", "\n\n", calm).strip()


def one_line(text: str) -> str:
    """The same on a single line."""
    return " ".join(plain_typed(text).split())


def fit_width(text: str, note: str, limit: int = QUOTE_BYTES) -> str:
    """Cut at a word so that it stays small even when escaped; a note says where the rest is."""
    if _weight(text) <= limit:
        return text
    low, high = 0, min(len(text), limit)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _weight(text[:middle]) <= limit else (low, middle - 1)
    kept = re.sub(r"\s+\S*$", "", text[:low]) or text[:low]
    return f"{kept} …\n{note}"


def _weight(text: str) -> int:
    return len(escape(text).encode()) + 3 * text.count("\n")


def subject_line(start: str, headline: str) -> str:
    """`start: headline` in at most 70 characters on one line; a part after the last comma is dropped first."""
    head, _, _ = headline.rpartition(", ")
    for words in (headline, head or headline):
        line = " ".join(f"{start}: {words}".split())
        if len(line) <= SUBJECT_MAX:
            return line
    return line[: SUBJECT_MAX - 1].rstrip(" ,.;:") + "…"


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def split_words(body: str) -> list[str]:
    """The paragraphs of a body, separated by blank lines."""
    return [part.strip() for part in re.split(r"\n\s*\n", body) if part.strip()]


def quoted(text: str) -> str:
    """Each line behind a quote mark, so that nothing in it looks like ours."""
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def wrapped(text: str) -> str:
    """At most 76 columns; a line without blanks (a link) stays whole, a quote keeps its mark."""
    lines = [part for line in text.split("\n") for part in _wrap(line.rstrip())]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _wrap(line: str) -> list[str]:
    if len(line) <= WIDTH:
        return [line]
    mark = _MARKS.get(line[:2], "")
    return textwrap.wrap(line, WIDTH, subsequent_indent=mark, break_long_words=False, break_on_hyphens=False)
