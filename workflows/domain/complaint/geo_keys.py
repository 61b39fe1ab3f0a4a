"""Where a report is, as keys that reports nearby share: the cell of its point, the street of its place."""

from __future__ import annotations

import re
from itertools import groupby
from math import cos, floor, hypot, radians
from typing import Protocol

from workflows.domain.privacy.redaction import untagged

CELL = 0.005
"""Degrees, some 550 m in Tangerang: a circle of WITHIN touches four cells at most."""
WITHIN = 250
"""Metres within which two points may be of one matter."""
_METRES_A_DEGREE = 111_195
_STREET = {
    **dict.fromkeys(("jl", "jln", "jlan", "jalan"), "jalan"),
    **dict.fromkeys(("gg", "gng", "gang"), "gang"),
    **dict.fromkeys(("perum", "perumahan", "komp", "kompl", "komplek", "kompleks", "cluster"), "perumahan"),
}
_NO_PART = {
    "raya", "kh", "hj", "haji", "dr", "ir", "prof", "jend", "jendral", "jenderal", "letjen", "mayjen", "brigjen",
}  # fmt: skip
"""What one person writes into a street's name and the next leaves out."""
_NAME_ENDS = {
    "no", "nomor", "rt", "rw", "blok", "blk", "km", "kel", "kelurahan", "kec", "kecamatan", "kota", "tangerang",
    "di", "ke", "dari", "sampai", "antara", "dan", "dengan", "yang", "depan", "dpn", "dekat", "dkt", "deket",
    "samping", "sebelah", "belakang", "seberang", "sebrang", "sekitar", "arah", "menuju", "tepatnya", "persis",
    "pas", "pertigaan", "perempatan", "simpang", "gerbang", "pintu", "masuk", "ujung", "tengah", "sepanjang",
}  # fmt: skip
_PIECES = re.compile(r"[^\W\d_]+|\d+|[,;:()/\n-]")


class Placed(Protocol):
    """A report, sent or about to be: its place as it was given, every part of which may be unknown. Degrees."""

    @property
    def latitude(self) -> float | None: ...
    @property
    def longitude(self) -> float | None: ...
    @property
    def kelurahan(self) -> str | None: ...
    @property
    def place(self) -> str: ...


def keys_of(report: Placed) -> dict[str, str]:
    """What a report is found by: `near_cell`, `near_street`; only those that are known."""
    point = _point(report)
    known = [("near_cell", _cell(*point))] if point else []
    return dict(known + [("near_street", street) for street in street_keys(report)[:1]])


def cells_around(report: Placed) -> tuple[str, ...]:
    """The cells that hold everything within WITHIN of its point: at most four, none where it has no point."""
    point = _point(report)
    if point is None:
        return ()
    up, right = WITHIN / _METRES_A_DEGREE, WITHIN / _METRES_A_DEGREE / _narrowing(point[0])
    corners = ((point[0] + y, point[1] + x) for y in (-up, up) for x in (-right, right))
    return tuple(dict.fromkeys(_cell(*corner) for corner in corners))


def metres(one: Placed, other: Placed) -> float | None:
    """How far apart; None where one of them has no point. Right to a metre as far as a city reaches."""
    here, there = _point(one), _point(other)
    if here is None or there is None:
        return None
    return _METRES_A_DEGREE * hypot(here[0] - there[0], (here[1] - there[1]) * _narrowing(here[0]))


def street_keys(report: Placed) -> tuple[str, ...]:
    """The streets that the place names, each with the kelurahan; none where that is unknown."""
    named = streets(untagged(report.place)) if report.kelurahan else ()
    return tuple(f"{report.kelurahan} {street}" for street in named)


def streets(place: str) -> tuple[str, ...]:
    """The streets, alleys and estates named, however they are written: “Jl. Merdeka no. 5” is jalan merdeka."""
    found: list[str] = []
    kind, name = "", list[str]()
    for piece in (*_PIECES.findall(place.casefold()), ","):
        if kind and _belongs(piece, kind, name):
            name.append(piece)
            continue
        found += _street(kind, name)
        kind, name = _STREET.get(piece, ""), []
    return tuple(dict.fromkeys(found))


def _belongs(piece: str, kind: str, name: list[str]) -> bool:
    """A number is an alley's own, and of anything else a house's."""
    if piece.isdigit():
        return kind == "gang" and bool(name)
    return piece.isalpha() and piece not in _NAME_ENDS and piece not in _STREET


def _street(kind: str, name: list[str]) -> list[str]:
    words = [word for word in _joined(name) if word not in _NO_PART]
    return [" ".join((kind, *words))] if kind and words else []


def _joined(name: list[str]) -> list[str]:
    """“K H” and “R E” as one word each."""
    runs = groupby(name, key=lambda word: len(word) == 1 and word.isalpha())
    return [word for letters, run in runs for word in (["".join(run)] if letters else run)]


def _point(report: Placed) -> tuple[float, float] | None:
    if report.latitude is None or report.longitude is None:
        return None
    return report.latitude, report.longitude


def _narrowing(latitude: float) -> float:
    """How much shorter a degree of longitude is there; never so short that cells would run out."""
    return max(cos(radians(latitude)), 0.5)


def _cell(latitude: float, longitude: float) -> str:
    return f"{floor(latitude / CELL)}:{floor(longitude / CELL)}"
