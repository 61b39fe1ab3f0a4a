"""The place of a complaint as keys shared by nearby ones: the grid cell of its coordinates, the street of its
place.
"""

from __future__ import annotations
import re
from itertools import groupby
from math import cos, floor, hypot, radians
from typing import Protocol

CELL = 0.005
"""Degrees, some 550 m in Tangerang: a circle of WITHIN touches at most four cells."""
WITHIN = 250
"""Metres within which two complaints may be about one matter."""
_METRES_A_DEGREE = 111_195
_STREET = {
    **dict.fromkeys(("jl", "jln", "jlan", "jalan"), "jalan"),
    **dict.fromkeys(("gg", "gng", "gang"), "gang"),
    **dict.fromkeys(("perum", "perumahan", "komp", "kompl", "komplek", "kompleks", "cluster"), "perumahan"),
}
_NO_PART = {
    "raya", "kh", "hj", "haji", "dr", "ir", "prof", "jend", "jendral", "jenderal", "letjen", "mayjen", "brigjen",
}  # fmt: skip
"""Parts of a street's name that one person writes and another omits."""
_NAME_ENDS = {
    "no", "nomor", "rt", "rw", "blok", "blk", "km", "kel", "kelurahan", "kec", "kecamatan", "kota", "tangerang",
    "di", "ke", "dari", "sampai", "antara", "dan", "dengan", "yang", "depan", "dpn", "dekat", "dkt", "deket",
    "samping", "sebelah", "belakang", "seberang", "sebrang", "sekitar", "arah", "menuju", "tepatnya", "persis",
    "pas", "pertigaan", "perempatan", "simpang", "gerbang", "pintu", "masuk", "ujung", "tengah", "sepanjang",
}  # fmt: skip
_PIECES = re.compile(r"[^\W\d_]+|\d+|[,;:()/\n-]")


class Placed(Protocol):
    """A complaint, sent or about to be, with its place as given; every part may be unknown. Degrees."""

    @property
    def latitude(self) -> float | None: ...
    @property
    def longitude(self) -> float | None: ...
    @property
    def kelurahan(self) -> str | None: ...
    @property
    def place(self) -> str: ...


def keys_of(report: Placed) -> dict[str, str]:
    """The search keys `near_cell` and `near_street`, if known."""
    point = _point(report)
    known = [("near_cell", _cell(*point))] if point else []
    return dict(known + [("near_street", street) for street in street_keys(report)[:1]])


def cells_around(report: Placed) -> tuple[str, ...]:
    """The cells that contain everything within WITHIN of its coordinates: at most four, none without."""
    point = _point(report)
    if point is None:
        return ()
    up, right = WITHIN / _METRES_A_DEGREE, WITHIN / _METRES_A_DEGREE / _narrowing(point[0])
    corners = ((point[0] + y, point[1] + x) for y in (-up, up) for x in (-right, right))
    return tuple(dict.fromkeys(_cell(*corner) for corner in corners))


def metres(one: Placed, other: Placed) -> float | None:
    """The distance; None if one has no coordinates. Exact to a metre within a city."""
    here, there = _point(one), _point(other)
    if here is None or there is None:
        return None
    return _METRES_A_DEGREE * hypot(here[0] - there[0], (here[1] - there[1]) * _narrowing(here[0]))


def street_keys(report: Placed) -> tuple[str, ...]:
    """The streets that the place names, each with the kelurahan; none if that is unknown."""
    from workflows.domain.privacy.redaction import untagged  # its patterns take a function 4 ms to make

    named = streets(untagged(report.place)) if report.kelurahan else ()
    return tuple(f"{report.kelurahan} {street}" for street in named)


def streets(place: str) -> tuple[str, ...]:
    """The streets, alleys and estates named, normalised: “Jl. Merdeka no. 5” is jalan merdeka."""
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
    """Whether a number belongs to the name: of an alley yes; otherwise it is a house number."""
    if piece.isdigit():
        return kind == "gang" and bool(name)
    return piece.isalpha() and piece not in _NAME_ENDS and piece not in _STREET


def _street(kind: str, name: list[str]) -> list[str]:
    words = [word for word in _joined(name) if word not in _NO_PART]
    return [" ".join((kind, *words))] if kind and words else []


def _joined(name: list[str]) -> list[str]:
    """Initials joined: “K H” and “R E” are one word each."""
    runs = groupby(name, key=lambda word: len(word) == 1 and word.isalpha())
    return [word for letters, run in runs for word in (["".join(run)] if letters else run)]


def _point(report: Placed) -> tuple[float, float] | None:
    if report.latitude is None or report.longitude is None:
        return None
    return report.latitude, report.longitude


def _narrowing(latitude: float) -> float:
    """How much shorter a degree of longitude is there, with a lower bound."""
    return max(cos(radians(latitude)), 0.5)


def _cell(latitude: float, longitude: float) -> str:
    return f"{floor(latitude / CELL)}:{floor(longitude / CELL)}"
