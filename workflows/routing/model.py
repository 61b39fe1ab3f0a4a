"""What goes into a routing decision and what comes out of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

DESK = "DESK"  # nobody can tell from the text: an operator reads it
KECAMATAN = "KEC"  # the kecamatan of the place, which the text does not name
EXTERNAL = "EXTERNAL"
_SEVERAL = ("also", "why", "kept_out")  # of a decision: lists where it is stored


def is_kecamatan(code: str) -> bool:
    """KEC itself, or the code of one kecamatan's office (`KEC-PINANG`); not any code that begins alike."""
    return code == KECAMATAN or code.startswith(f"{KECAMATAN}-")


@dataclass(frozen=True)
class Letter:
    """A citizen's words: text, the free place field, a kelurahan's code or name, the kind that was ticked."""

    text: str
    place: str = ""
    kelurahan: str | None = None
    kind: str | None = None


@dataclass(frozen=True)
class Decision:
    """Where a letter goes, and why.

    opd: a department's code, DESK, or KEC where the kecamatan cannot be told. top: codes with scores between 0
    and 1, best first, opd's own first unless it is DESK; at least three real departments where so many may be
    chosen. Not confident: the caller sends it to the desk. because: codes of `top` that an operator may choose
    from, with what speaks for each; of a confident decision its own alone. accuses: the office whose people are
    accused, which is then in none of opd, also and top. kept_out: all who are accused, and who must not hear of it
    either. why: for officers and operators, in Indonesian; citizens get reason_public only.
    kind: aduan, pertanyaan, saran, pengawasan; terima_kasih, bukan_laporan or tidak_jelas is nothing to route.
    external: the institution's code when opd is EXTERNAL and it is known. version: of the table and of the learned
    weights that decided, joined by `+`. desk: an operator may read it; where not, it goes out however unsure.
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
        """The real departments of `top`, best first: what the desk can choose from."""
        return tuple((code, score) for code, score in self.top if code not in (DESK, KECAMATAN))

    def to_document(self) -> dict[str, Any]:
        """Plain JSON-able values; from_document is its inverse. Firestore has no lists in lists: maps instead."""
        plain = asdict(self)
        plain |= {name: list(getattr(self, name)) for name in _SEVERAL}
        plain["top"] = [{"opd": code, "score": score} for code, score in self.top]
        plain["because"] = [{"opd": code, "why": list(why)} for code, why in self.because]
        return plain

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> Decision:
        """The decision as it was stored; unknown keys are ignored, a missing one raises KeyError."""
        later = ("kind", "desk", "kept_out", "because")  # not yet in old decisions
        earlier = {name: getattr(cls, name) for name in later}
        document = earlier | document
        values = {field.name: document[field.name] for field in fields(cls)}
        values |= {name: tuple(values[name]) for name in _SEVERAL}
        values["top"] = tuple((entry["opd"], entry["score"]) for entry in values["top"])
        values["because"] = tuple((entry["opd"], tuple(entry["why"])) for entry in values["because"])
        return cls(**values)
