"""Where the words of accusation stand in a text, and which of them stand near each other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from workflows.routing.table import Cue


class Hit(NamedTuple):
    """A cue at words[start:end]."""

    cue: Cue
    start: int
    end: int


def within_others(hits: Iterable[Hit]) -> set[tuple[int, int]]:
    """The (start, end) of those that are a part of a longer one."""
    within: set[tuple[int, int]] = set()
    furthest = 0
    for start, end in sorted({(hit.start, hit.end) for hit in hits}, key=lambda place: (place[0], -place[1])):
        if end <= furthest:  # one that begins no later ends no earlier
            within.add((start, end))
        furthest = max(furthest, end)
    return within


class Placed:
    """Hits by their places, so that a text full of cues costs no more than what stands near each of them."""

    def __init__(self, hits: Iterable[Hit]) -> None:
        self._hits = sorted(hits, key=lambda hit: hit.start)
        self._starts = [hit.start for hit in self._hits]
        self._longest = max((hit.end - hit.start for hit in self._hits), default=0)

    def near(self, hit: Hit, reach: int) -> list[tuple[int, Hit]]:
        """Those at most `reach` words away, in the order of the text, each with the number of words between.

        It is 0 where they touch or overlap.
        """
        if not self._hits:
            return []
        first = bisect_left(self._starts, hit.start - reach - self._longest)
        last = bisect_right(self._starts, hit.end + reach)
        start, end = hit.start, hit.end
        apart = [(other.start - end, start - other.end, other) for other in self._hits[first:last]]
        return [(max(after, before, 0), other) for after, before, other in apart if after <= reach >= before]
