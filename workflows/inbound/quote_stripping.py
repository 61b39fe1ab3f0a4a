"""The words that the sender wrote: without the quoted mail and without the signature. It works line by line with
small rules: existing libraries know no Indonesian mail program, and cut at words such as “Thanks” in the middle of
a text. In doubt a line stays.
"""

from __future__ import annotations
import re

MAX_LINES = 10
LONGEST = 16
_DELIMITER = re.compile(r"--|_{2,19}")
_DEVICE = re.compile(
    r"\W{0,3}(?:dikirim(?: ulang)? (?:dari|menggunakan|melalui|dengan)|terkirim dari|sent (?:from|via|with|using)|"
    r"dapatkan|unduh|get)\b.{0,30}\b(?:iphone|ipad|ios|android|galaxy|samsung|yahoo|outlook|blackberry|huawei|xiaomi|"
    r"redmi|oppo|vivo|realme|infinix|gmail|windows|mail app|zimbra|perangkat seluler|ponsel(?: cerdas)? saya|"
    r"smartphone|my phone|my mobile)\b.{0,120}",
    re.IGNORECASE,
)
_SIGN_OFF = re.compile(
    r"(?:(?:hormat|salam)(?: (?:kami|saya|hormat|hangat|sehat|takzim))?|wassalam\w*(?: .{1,40})?|"
    r"(?:atas perhatiannya,? )?(?:terima ?kasih|makasih|trims)(?: (?:banyak|sebelumnya))?|tertanda|ttd|"
    r"(?:(?:best|kind|warm|many) )?regards|sincerely|thanks|thank you|(?:yours )?(?:faithfully|sincerely)|cheers)"
    r"\s?[,.!]{0,3}",
    re.IGNORECASE,
)
_SMALL = frozenset(("dan", "di", "ke", "dari", "pada", "untuk", "of", "the", "and", "bin", "binti", "van", "de"))


def without_signature(lines: list[str]) -> list[str]:
    """The lines without a phone's footer, and without a signature after `--` or below “Hormat kami”."""
    kept = _before_delimiter([line for line in lines if not _DEVICE.fullmatch(line.strip())])
    return _before_sign_off(kept)


def _before_delimiter(lines: list[str]) -> list[str]:
    """The lines before the delimiter `--`, unless what follows is long or all there is."""
    at = next((n for n, line in enumerate(lines) if _DELIMITER.fullmatch(line.strip())), len(lines))
    above, below = (sum(bool(line.strip()) for line in part) for part in (lines[:at], lines[at:]))
    return lines[:at] if above and below <= LONGEST else lines


def _before_sign_off(lines: list[str]) -> list[str]:
    """The lines up to a closing formula that only a name, a position and a number follow."""
    told = [n for n, line in enumerate(lines) if line.strip()]
    for n in reversed(told[1:][-MAX_LINES:]):
        below = [lines[m].strip() for m in told if m > n]
        if _SIGN_OFF.fullmatch(lines[n].strip()) and below and all(map(_names_somebody, below)):
            return lines[:n]
    return lines


def _names_somebody(line: str) -> bool:
    """Whether the line is a name, an office or an address (each word capitalised), or a phone number."""
    if "@" in line or len(re.findall(r"\d", line)) >= 6:
        return len(line) <= 80
    words = re.findall(r"[^\W\d_]+", line)
    return len(line) <= 80 and all(word[0].isupper() or word.lower() in _SMALL for word in words)


MAX_WORDS = 20_000
MAX_RULE = 200
"""The most characters of a line that may be the header of a quoted mail."""

_BREAK = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd\ufffe\uffff]|[\ud800-\udfff]"
)
_SAYS = r"(?:menulis|tulis|wrote|writes)"
_LETTER_OF = re.compile(
    rf"[-* ]{{0,6}}(?:pada|on)\b(?=.{{0,80}}\d).{{4,320}}\b{_SAYS}\s?:?[-* ]{{0,6}}"
    r"|\d{4}-\d\d-\d\d .{0,80}<[^<>\s]+@[^<>\s]+>\s?:",
    re.IGNORECASE,
)
_BEGINS = re.compile(r"[-* ]{0,6}(?:(?:pada|on)\b|\d{4}-\d\d-\d\d )", re.IGNORECASE)
_BELOW = re.compile(
    r"[-_ ]{2,}(?:original message|(?:forwarded|reply) message|pesan (?:asli|awal|terusan|semula)|"
    r"pesan (?:yang )?diteruskan|email asli)[-_ ]{2,}|_{20,}"
    r"|(?:begin forwarded message|mulai pesan (?:terusan|yang diteruskan)|awal pesan terusan)\s*:",
    re.IGNORECASE,
)
_FROM = re.compile(r"[* ]{0,3}(?:dari|from)\s?:[* ].{0,200}", re.IGNORECASE)
_MORE = re.compile(
    r"[* ]{0,3}(?:dikirim|terkirim|tanggal|tgl|kepada|ke|untuk|perihal|judul|subjek|hal|sent|date|to|cc|subject)"
    r"\s?:.{0,400}",
    re.IGNORECASE,
)
_OUR_LINK = re.compile(r"/(?:opd|meja|kasus|papan|laporan/[^/\s]{1,40})/[\w.-]{20}", re.ASCII)


def own_words(text: str) -> str:
    """What the sender wrote, at most MAX_WORDS characters; '' when all of it is quoted or signature."""
    lines = [line.rstrip() for line in _clean(text).split("\n")]
    kept = [line for line in _above_the_letter(lines) if not line.lstrip().startswith(">")]
    # our link is a key to the complaint: whatever remains of our mail, the link must not
    words = _without_our_links("\n".join(without_signature(kept)))
    return re.sub(r"\n{3,}", "\n\n", words).strip()[:MAX_WORDS].rstrip()


def _without_our_links(text: str) -> str:
    """The text without our links, word by word, in linear time."""
    return re.sub(r"\S+", lambda word: "…" if _OUR_LINK.search(word[0]) else word[0], text)


def _clean(text: str) -> str:
    return _UNSEEN.sub("", _BREAK.sub("\n", text)).replace("\xa0", " ").replace("\t", " ")


def _above_the_letter(lines: list[str]) -> list[str]:
    """The lines above the quoted mail; where the quote is marked, also those below it, since people
    write there.
    """
    kept: list[str] = []
    at = 0
    while at < len(lines):
        length = _attribution(lines, at)
        if length and _is_quoted(lines, at + length):
            at += length
            continue
        if length or _is_rule(lines[at].strip()) or _is_header(lines, at):
            break
        kept.append(lines[at])
        at += 1
    return kept


def _attribution(lines: list[str], at: int) -> int:
    """The number of lines that say who wrote the quoted mail and when (mail programs break them); 0 without."""
    if not _BEGINS.match(lines[at].lstrip("> ")):
        return 0
    for length in (1, 2, 3, 4):
        whole = " ".join(line.lstrip("> ").strip() for line in lines[at : at + length])
        if _LETTER_OF.fullmatch(whole.strip()):
            return length
    return 0


def _is_rule(line: str) -> bool:
    return len(line) <= MAX_RULE and bool(_BELOW.fullmatch(line))


def _is_quoted(lines: list[str], at: int) -> bool:
    following = next((lines[n] for n in range(at, len(lines)) if lines[n].strip()), "")
    return following.lstrip().startswith(">")


def _is_header(lines: list[str], at: int) -> bool:
    """Whether `Dari:` and at least two more lines of an Outlook header begin here."""
    if not _FROM.fullmatch(lines[at].strip()):
        return False
    return sum(bool(_MORE.fullmatch(line.strip())) for line in lines[at + 1 : at + 8]) >= 2
