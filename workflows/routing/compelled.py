"""Money that a school's people, or another government's, take under a threat: few may read of it.

It stays with who decides about schools; a fee that parents agreed to is no secret.
"""

from __future__ import annotations

from collections.abc import Iterable

from workflows.routing.hits import Hit, Placed

_WHOSE = ("school", "police", "elsewhere")
_CALLED_SO = ("bribe", "extortion", "levy")
_REACH = 14  # words between the money and the threat


def is_compelled(kind: str, deeds: Iterable[Hit], hits: Iterable[Hit]) -> bool:
    """kind: of a conflict. A threat or a duty stands near the money, or the letter itself calls it pungli."""
    if kind not in _WHOSE:
        return False
    threats = Placed(hit for hit in hits if hit.cue.kind == "compulsion")
    return any(deed.cue.kind in _CALLED_SO or threats.near(deed, _REACH) for deed in deeds)
