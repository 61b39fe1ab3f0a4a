"""Input and output of a routing decision."""

from __future__ import annotations
from dataclasses import asdict, fields
from typing import Any

from workflows.frozen import frozen

DESK = "DESK"  # the text does not say it: an operator reads it
KECAMATAN = "KEC"  # the kecamatan of the place, which the text does not name
EXTERNAL = "EXTERNAL"
_SEVERAL = ("also", "why", "kept_out")  # fields of a decision that are stored as lists


def is_kecamatan(code: str) -> bool:
    """Whether the code is KEC itself or that of one kecamatan's office (`KEC-PINANG`), not one that only begins
    with KEC.
    """
    return code == KECAMATAN or code.startswith(f"{KECAMATAN}-")


@frozen
class Letter:
    """A citizen's input: text, free place field, kelurahan (code or name), and the kind that was ticked."""

    text: str
    place: str = ""
    kelurahan: str | None = None
    kind: str | None = None


@frozen
class Decision:
    """Where a text goes, and why.

    `opd`: a department's code, DESK, or KEC where the kecamatan is unknown. `top`: (code, score 0–1), best first,
    `opd` first unless it is DESK; at least three real departments where that many may be chosen. Not `confident`:
    the caller sends it to the desk. `because`: (code, reasons) for the codes of `top` that an operator may choose;
    for a confident decision only its own. `accuses`: the accused office, which is in none of `opd`, `also` and
    `top`. `kept_out`: all accused, and the offices that must not hear of it.

    `why`: for officers and operators, in Indonesian; citizens get `reason_public` only. `kind`: aduan, pertanyaan,
    saran, pengawasan; or terima_kasih, bukan_laporan, tidak_jelas, which are nothing to route. `external`: the
    institution's code when `opd` is EXTERNAL and it is known. `version`: those of the table and of the weights,
    joined by `+`. `desk`: whether an operator may read it; if not, it is assigned even when unsure.
    """

    opd: str
    category: str
    also: tuple[str, ...]
    top: tuple[tuple[str, float], ...]
    confident: bool
    why: tuple[str, ...]
    urgent: bool
    restricted: bool
    accuses: str | None
    version: str
    external: str | None
    reason_public: str
    kind: str = "aduan"
    desk: bool = True
    kept_out: tuple[str, ...] = ()
    because: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def suggestions(self) -> tuple[tuple[str, float], ...]:
        """The real departments of `top`, best first: the desk's choices."""
        return tuple((code, score) for code, score in self.top if code not in (DESK, KECAMATAN))

    def to_document(self) -> dict[str, Any]:
        """Plain values for JSON; from_document is the inverse. Firestore has no lists in lists: maps are used."""
        plain = asdict(self)
        plain |= {name: list(getattr(self, name)) for name in _SEVERAL}
        plain["top"] = [{"opd": code, "score": score} for code, score in self.top]
        plain["because"] = [{"opd": code, "why": list(why)} for code, why in self.because]
        return plain

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> Decision:
        """The decision as it was stored; unknown keys are ignored, a missing one raises KeyError."""
        later = ("kind", "desk", "kept_out", "because")  # missing in decisions of older releases
        earlier = {name: getattr(cls, name) for name in later}
        document = earlier | document
        values = {field.name: document[field.name] for field in fields(cls)}
        values |= {name: tuple(values[name]) for name in _SEVERAL}
        values["top"] = tuple((entry["opd"], entry["score"]) for entry in values["top"])
        values["because"] = tuple((entry["opd"], tuple(entry["why"])) for entry in values["because"])
        return cls(**values)
