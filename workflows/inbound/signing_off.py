"""How people and their telephones end a mail: what is cut, and only where it surely says nothing."""

from __future__ import annotations

import re

MOST_LINES = 10
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
    """The lines without what a telephone adds, without a signature behind `--` or below “Hormat kami”."""
    kept = _before_delimiter([line for line in lines if not _DEVICE.fullmatch(line.strip())])
    return _before_sign_off(kept)


def _before_delimiter(lines: list[str]) -> list[str]:
    """What stands behind the delimiter of mail programs is a signature, unless it is long or all there is."""
    at = next((n for n, line in enumerate(lines) if _DELIMITER.fullmatch(line.strip())), len(lines))
    above, below = (sum(bool(line.strip()) for line in part) for part in (lines[:at], lines[at:]))
    return lines[:at] if above and below <= LONGEST else lines


def _before_sign_off(lines: list[str]) -> list[str]:
    """Up to a closing formula, where only a name, a post and a number follow it."""
    told = [n for n, line in enumerate(lines) if line.strip()]
    for n in reversed(told[1:][-MOST_LINES:]):
        below = [lines[m].strip() for m in told if m > n]
        if _SIGN_OFF.fullmatch(lines[n].strip()) and below and all(map(_names_somebody, below)):
            return lines[:n]
    return lines


def _names_somebody(line: str) -> bool:
    """A name, an office, an address: each word begins large, or it is a number to call."""
    if "@" in line or len(re.findall(r"\d", line)) >= 6:
        return len(line) <= 80
    words = re.findall(r"[^\W\d_]+", line)
    return len(line) <= 80 and all(word[0].isupper() or word.lower() in _SMALL for word in words)
