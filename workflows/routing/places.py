"""Kelurahan, kecamatan and RT/RW in what people write. Names that are also everyday words, or names of streets and
markets, count only after a marker (`kel.`, `kec.`, `di`) or in the place field. A name after “arah”, “jalan”,
“pasar” … is not the place of the complaint.
"""

from __future__ import annotations
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from workflows.frozen import frozen
from workflows.routing.model import KECAMATAN
from workflows.routing.text import NO_MONEY, fold, shorten_stretched

_KELURAHAN = {"kel", "kelurahan", "kelurahn", "klurahan", "lurah"}
_KECAMATAN = {"kec", "kecamatan", "kecamatn", "kcmtn", "camat"}
_NEAR = {"di", "daerah", "wilayah", "warga", "kampung", "kp"}
_OTHER_THING = {
    "arah", "menuju", "jurusan", "ke", "jl", "jln", "jalan", "raya", "gg", "gang", "pasar", "perum",
    "perumahan", "komplek", "kompleks", "kota", "kab", "kabupaten", "stasiun", "terminal", "rsud", "buah",
}  # fmt: skip
_MARKERS = _KELURAHAN | _KECAMATAN | _NEAR | _OTHER_THING
_NUMBER = rf"0*(\d{{1,3}}){NO_MONEY}"
_RT_RW = re.compile(  # “RT 03/RW 05”, “RT/RW 03/05”, “RT 03”: a second number only after `rw` or a slash
    rf"\brt(?:\W?rw(?=\W{{0,3}}\d{{1,3}}\s?/))?\W{{0,3}}{_NUMBER}(?:(?:\W{{0,3}}rw\W{{0,3}}|\s?/\s?){_NUMBER})?"
)
_LETTERS = re.compile(r"[a-z]+")
RtRw = tuple[int, int | None]
_CODE = re.compile(r"^\D*(36)\.?(71)\.?(\d\d)\.?(\d{4})\D*$")


@frozen
class Kelurahan:
    """One kelurahan: dotted official code, its own name, its kecamatan's name."""

    code: str
    name: str
    kecamatan: str

    @property
    def label(self) -> str:
        """“Kelurahan Cikokol, Kecamatan Tangerang”."""
        return f"Kelurahan {self.name}, Kecamatan {self.kecamatan}"


@frozen
class Location:
    """What is known of a complaint's place; every part may be unknown. `outside`: the institution responsible
    there. `rt_rw`: the numbers of RT and RW; the RW is None where only the RT is known.
    """

    kecamatan: str | None = None
    kelurahan: Kelurahan | None = None
    rt_rw: RtRw | None = None
    outside: str | None = None

    @property
    def department(self) -> str | None:
        """KEC-<NAME> of the place, or None."""
        return department_of(self.kecamatan) if self.kecamatan else None

    def placed(self, code: str) -> str:
        """KEC replaced by the office of the place, where that is known; any other code unchanged."""
        return (self.department or KECAMATAN) if code == KECAMATAN else code

    @property
    def label(self) -> str:
        """The place in words, empty when unknown."""
        place = self.kelurahan.label if self.kelurahan else f"Kecamatan {self.kecamatan}" if self.kecamatan else ""
        return ", ".join(filter(None, (self._numbers, place)))

    @property
    def _numbers(self) -> str:
        rt, rw = self.rt_rw or (None, None)
        return "/".join(f"{name} {number:02}" for name, number in (("RT", rt), ("RW", rw)) if number is not None)


def department_of(kecamatan: str) -> str:
    """The code of a kecamatan's office: Karang Tengah → KEC-KARANGTENGAH."""
    return "KEC-" + kecamatan.upper().replace(" ", "")


@frozen
class _Mention:
    name: str
    marker: str
    in_field: bool


class Areas:
    """The city's kelurahan and kecamatan, precompiled. `needs`: name → `marker` or `kecamatan`, which must precede
    it to count. `outside`: name → institution.
    """

    def __init__(self, rows: Iterable[Kelurahan], needs: Mapping[str, str], outside: Mapping[str, str]) -> None:
        self.rows = tuple(rows)
        self.by_code = {row.code: row for row in self.rows}
        self.kecamatan = {_key(row.kecamatan): row.kecamatan for row in self.rows}
        self._by_name = {_key(row.name): row for row in self.rows}
        self._needs = {_key(name): need for name, need in needs.items()}
        self._outside = {_key(name): code for name, code in outside.items()}
        names = {*self.kecamatan.values(), *(row.name for row in self.rows), *outside}
        self._pattern = _pattern(names, outside)
        self._beginnings = frozenset(part for name in names for part in (fold(name).split()[0], _key(name)))

    def find(self, text: str, place: str = "", kelurahan: str | None = None) -> Location:
        """The place of a complaint; a kelurahan given in its own field overrides anything written."""
        field, body = _named_plainly(place), _named_plainly(text)
        rt_rw = _rt_rw(field) or _rt_rw(body)
        code = parse_kelurahan(kelurahan, self) if kelurahan else None
        if code:
            return Location(self.by_code[code].kecamatan, self.by_code[code], rt_rw)
        mentions = [*self._mentions(field, True), *self._mentions(body, False)]
        return self._located(mentions, rt_rw)

    def anywhere(self, text: str, place: str = "", kelurahan: str | None = None) -> tuple[str, ...]:
        """Names of every kecamatan that a name in the text could mean, even a street's, likeliest first; never the
        city's own.
        """
        sources = ((kelurahan or "", True), (place, True), (text, False))
        found = [m for words, in_field in sources for m in self._said(_named_plainly(words), in_field)]
        likeliest = sorted(found, key=lambda mention: not self._counts(mention))
        return tuple(dict.fromkeys(filter(None, map(self._possible, likeliest))))

    def _possible(self, mention: _Mention) -> str | None:
        alone = self._needs.get(mention.name) == "kecamatan" and mention.marker not in _KECAMATAN
        return None if alone or mention.name in self._outside else self._kecamatan_of(mention)

    def _mentions(self, text: str, in_field: bool) -> Iterable[_Mention]:
        return filter(self._counts, self._said(text, in_field))

    def _said(self, text: str, in_field: bool) -> Iterable[_Mention]:
        if self._beginnings.isdisjoint(_LETTERS.findall(text)):
            return  # most texts name no place, and looking for 130 names costs more than all the rest
        for found in self._pattern.finditer(text):
            yield _Mention(_key(found["name"]), found["marker"] or "", in_field)

    def _counts(self, mention: _Mention) -> bool:
        if mention.marker in _OTHER_THING:
            return False
        need = self._needs.get(mention.name, "")
        if need == "kecamatan":
            return mention.marker in _KECAMATAN
        marked = mention.marker in _KELURAHAN | _KECAMATAN | _NEAR
        if mention.name in self._outside:
            return marked or mention.in_field
        return not need or mention.in_field or marked

    def _located(self, mentions: list[_Mention], rt_rw: RtRw | None) -> Location:
        inside = [m for m in mentions if m.name not in self._outside]
        row = self._kelurahan(inside)
        kecamatan = _agreed(self._kecamatan_of(m) for m in inside if m.marker in _KECAMATAN)
        if kecamatan and (not row or row.kecamatan != kecamatan):
            return Location(kecamatan, None, rt_rw)
        if row:
            return Location(row.kecamatan, row, rt_rw)
        known = [self._kecamatan_of(m) for m in inside if m.in_field] or [self._kecamatan_of(m) for m in inside]
        outside = next((self._outside[m.name] for m in mentions if m.name in self._outside), None)
        return Location(_agreed(known), None, rt_rw, outside if not inside else None)

    def _kelurahan(self, mentions: list[_Mention]) -> Kelurahan | None:
        """The one kelurahan that is named; a name that a kecamatan has too counts only after `kel.`."""
        marked = {m.name for m in mentions if m.marker in _KELURAHAN and m.name in self._by_name}
        bare = {m.name for m in mentions if m.name in self._by_name and m.name not in self.kecamatan}
        names = marked or bare
        return self._by_name[next(iter(names))] if len(names) == 1 else None

    def _kecamatan_of(self, mention: _Mention) -> str | None:
        if mention.name in self.kecamatan and mention.marker not in _KELURAHAN:
            return self.kecamatan[mention.name]
        row = self._by_name.get(mention.name)
        return row.kecamatan if row else None

    def named(self, name: str) -> Kelurahan | None:
        """The kelurahan of that name, whatever its case and spaces."""
        return self._by_name.get(_key(name))


def parse_kelurahan(value: str, areas: Areas) -> str | None:
    """A dotted code from a code with or without dots, `Kelurahan, Kecamatan` or a kelurahan's name; else None."""
    code = _CODE.match(value.strip())
    if code:
        dotted = ".".join(code.groups())
        return dotted if dotted in areas.by_code else None
    parts = [_bare_name(part) for part in value.split(",") if part.strip()]
    row = areas.named(parts[0]) if parts else None
    if row is None or (len(parts) > 1 and _key(parts[1]) != _key(row.kecamatan)):
        return None
    return row.code


def _bare_name(part: str) -> str:
    return re.sub(r"^\s*(kelurahan|kecamatan|kel|kec)\b[\s.]*", "", fold(part))


def _key(name: str) -> str:
    return re.sub(r"[^a-z]", "", fold(name))


def _pattern(names: Iterable[str], outside: Iterable[str]) -> re.Pattern[str]:
    """A name with the marker before it; “Kabupaten Tangerang” is one name, not Tangerang after a marker."""
    marker = rf"(?!(?:{_alternatives(outside)})\b)(?P<marker>{_alternatives(_MARKERS)})[\s.:,]*"
    return re.compile(rf"\b(?:{marker})?\b(?P<name>{_alternatives(names)})\b")


def _alternatives(names: Iterable[str]) -> str:
    """A pattern of the names, longest first, grouped by first letter: trying 150 names at every word is slow."""
    longest_first = sorted({fold(name) for name in names}, key=lambda name: (-len(name), name))
    by_letter: dict[str, list[str]] = defaultdict(list)
    for name in filter(None, longest_first):
        letter = re.escape(name[0])
        by_letter[letter].append(r"\s*".join(map(re.escape, name.split())).removeprefix(letter))
    return "|".join(f"{letter}(?:{'|'.join(alike)})" for letter, alike in by_letter.items())


def _named_plainly(text: str) -> str:
    """The folded name without stretched letters: “Cikupaaaa” → “cikupa”."""
    return shorten_stretched(fold(text))


def _rt_rw(text: str) -> RtRw | None:
    """The first mention with both numbers, else the first."""
    found = [(int(rt), int(rw) if rw else None) for rt, rw in _RT_RW.findall(text)]
    return next((numbers for numbers in found if numbers[1] is not None), found[0] if found else None)


def _agreed(names: Iterable[str | None]) -> str | None:
    known = {name for name in names if name}
    return known.pop() if len(known) == 1 else None
