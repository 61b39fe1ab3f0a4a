"""Where accusing words stand in a text, and which of them are near each other. Also removes names that a text only
addresses: “Mohon Inspektorat turun, ada pungli” accuses no Inspektorat.
"""

from __future__ import annotations
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from workflows.routing.matching import Match
from workflows.routing.table import Cue, RoutingTable
from workflows.routing.text import fold


class Hit(NamedTuple):
    """A cue at words[start:end]."""

    cue: Cue
    start: int
    end: int


def within_others(hits: Iterable[Hit]) -> set[tuple[int, int]]:
    """The (start, end) of hits that are part of a longer one."""
    within: set[tuple[int, int]] = set()
    furthest = 0
    for start, end in sorted({(hit.start, hit.end) for hit in hits}, key=lambda place: (place[0], -place[1])):
        if end <= furthest:  # in this order, an earlier hit that ends here or later contains it
            within.add((start, end))
        furthest = max(furthest, end)
    return within


class Placed:
    """Hits by position, so that the cost of a text full of cues depends only on what stands near each of them."""

    def __init__(self, hits: Iterable[Hit]) -> None:
        self._hits = sorted(hits, key=lambda hit: hit.start)
        self._starts = [hit.start for hit in self._hits]
        self._longest = max((hit.end - hit.start for hit in self._hits), default=0)

    def near(self, hit: Hit, reach: int) -> list[tuple[int, Hit]]:
        """Hits at most `reach` words away in the order of the text, as (number of words between, hit); 0 where
        they touch or overlap.
        """
        if not self._hits:
            return []
        first = bisect_left(self._starts, hit.start - reach - self._longest)
        last = bisect_right(self._starts, hit.end + reach)
        start, end = hit.start, hit.end
        apart = [(other.start - end, start - other.end, other) for other in self._hits[first:last]]
        return [(max(after, before, 0), other) for after, before, other in apart if after <= reach >= before]


_BEFORE, _AFTER = 100, 60  # characters before and after a name that show whether it is addressed
_TITLES = r"(?:(?:yth|yang terhormat|bpk|bapak|pak|ibu|bu|tim|pihak|kepada|kpd|halo|hai|dear|mr)\W+)"
_BETWEEN = r"(?:(?:perhatian\w*|bantuan\w*|tindakan\w*|ketegasan\w*|ke|pada|dari|dengan|hormat|kantor)\W+){0,3}"
_TURNING = (
    r"(?:yth|kepada|kpd|mohon|mhn|tolong|tlg|harap|agar|supaya|semoga|salam|hormat|dear|halo|hai|lapor|melapor|please"
    r"|(?:(?:di|me)?laporkan|\w*adu(?:kan|an)?|laporan|lapor|melapor|surat|report\w*)"
    r" (?:\w+ ){0,3}(?:ke|kepada|kpd|pada|to))"
)
_ASKED = (
    r"(?:tolong|mohon|mhn|tlg|harap|agar|supaya|segera|turun|periksa|memeriksa|usut|mengusut|tindak|menindak\w*|audit"
    r"|mengaudit|selidiki|menyelidiki|cek|mengecek|sidak|bertindak|jangan|baca|dengar\w*|investigasi|awasi|mengawasi"
    r"|copot|pecat|evaluasi|mengevaluasi|tangkap|menangkap|tangani|menangani|bersihkan|tegur|menegur|please)"
)
_MODAL = r"(?:(?:harus|perlu|wajib|dapat|bisa|mau|sudi|kota|untuk|pak|bapak|ibu|yth|kiranya)\W+){0,3}"
_GOES_ON = r"(?:saya|kami|banyak|kenapa|mengapa|kok|bagaimana|gimana)"
_NEXT_WORD = r"(?:ada|di|ini|itu|petugas|oknum|pegawai|warga|sudah|terjadi|there)"
_CITY = r"(?: (?:kota )?tangerang)?"


def without_addressed(cues: list[Match], text: str, table: RoutingTable) -> list[Match]:
    """The places of accusing words without those above the offices who are only addressed."""
    above = {match.phrase for match in cues if table.cues.rows[match.phrase].kind == "overseer"}
    only = {phrase for phrase in above if is_addressed(text, table.cues.rows[phrase].text)}
    return [match for match in cues if match.phrase not in only]


def is_addressed(text: str, name: str) -> bool:
    """Whether every mention of the name addresses it; False without a mention."""
    plain = fold(text)
    named, turned = _patterns(name)
    mentions = [(found.start(), found.end()) for found in named.finditer(plain)]
    return bool(mentions) and all(_turns_to(plain, *mention, turned) for mention in mentions)


def _turns_to(text: str, start: int, end: int, patterns: Iterable[re.Pattern[str]]) -> bool:
    first = max(start - _BEFORE, 0)
    around, place = text[first : end + _AFTER], end - first
    return any(found.end("name") == place for pattern in patterns for found in pattern.finditer(around))


@lru_cache(maxsize=64)
def _patterns(name: str) -> tuple[re.Pattern[str], tuple[re.Pattern[str], ...]]:
    """Patterns of (the name; the name after a request or title, and before a request)."""
    spelt = r"\s*".join(map(re.escape, name.split()))
    word = rf"\b(?P<name>{spelt})\b"
    begins = rf"(?:^|[.!?\n])\W{{0,5}}{_TITLES}{{0,3}}{word}{_CITY}"
    called = rf"(?:^|[.!?,;:\n])\W{{0,5}}{_TITLES}{{1,3}}{word}{_CITY}\s*[,;:!.]"
    asked = rf"\b{_TURNING}\W+{_BETWEEN}{_TITLES}{{0,3}}{word}"
    asking = rf"{word}{_CITY}\s+{_MODAL}{_ASKED}\b"
    begun = rf"{begins}(?:\W{{1,3}}{_GOES_ON}|\s*[,;:!]\s*(?:{_NEXT_WORD}|{_ASKED}))\b"
    noun = rf"(?:^|[.!?\n])\W{{0,5}}{_TITLES}{{1,3}}{word}{_CITY}\W{{1,3}}(?:pungli|pungutan)\b"
    return re.compile(word), tuple(map(re.compile, (called, begun, asked, asking, noun)))
