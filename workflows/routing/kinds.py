"""The kind of a text: complaint, question, suggestion, accusation, or nothing to route. Also says whether a text
only thanks: then there is nothing to do, however clear the department.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from workflows.routing.text import Words, fold

COMPLAINT, QUESTION, SUGGESTION, OVERSIGHT = "aduan", "pertanyaan", "saran", "pengawasan"
THANKS, UNCLEAR, NO_REPORT = "terima_kasih", "tidak_jelas", "bukan_laporan"
NOTHING_TO_DO = (THANKS, NO_REPORT)
FOR_OPERATOR = (*NOTHING_TO_DO, UNCLEAR)
"""Kinds that no department gets without an operator."""
_LEARNED = {
    "complaint": COMPLAINT,
    "request": COMPLAINT,
    "question": QUESTION,
    "praise": THANKS,
    "unclear": UNCLEAR,
    "not_for_government": NO_REPORT,
}
_NO_MATTER = ("unclear", "not_for_government")
_THANKING = frozenset(("terima", "kasih", "mantap", "bagus", "apresiasi", "puas", "hebat", "keren", "thanks"))
_SUGGESTING = frozenset(("saran", "usul", "aspirasi"))


def kind_heard(kinds: Mapping[str, float], official: bool, desk: bool, words: Words) -> str:
    """The kind by the words alone. `kinds`: a score for each kind that the weights know (complaint, praise, …).
    `official`: an official is accused. `desk`: no department is responsible; then it is thanks, no complaint, or
    unclear.
    """
    if official:
        return OVERSIGHT
    if desk:
        possible = (*_NO_MATTER, "praise") if not _THANKING.isdisjoint(words.tokens) else _NO_MATTER
        return _LEARNED[max(possible, key=lambda kind: kinds.get(kind, -99.0))]
    learned = max(kinds, key=lambda kind: kinds[kind])
    suggests = learned == "request" and not _SUGGESTING.isdisjoint(words.tokens)
    return SUGGESTION if suggests else _LEARNED[learned]


def kind_told(heard: str, ticked: str | None, desk: bool) -> str:
    """The kind that people read: what the citizen ticked, unless it is an accusation or nothing to route."""
    return heard if desk or heard == OVERSIGHT else ticked or heard


_THANKS = r"(?:terima ?kasih|makasih|makasi|trims|thx|thanks|thank you|salut|apresiasi|mantap|alhamdulillah)"
_OPENING = 40  # characters within which a text of mere thanks begins to thank
_THANKED = re.compile(rf"\b{_THANKS}\b")
_WANTING = {
    "belum", "bisa", "bolong", "bukan", "butuh", "cuma", "harap", "jangan", "kapan", "kenapa", "kurang", "lubang",
    "macet", "masih", "mati", "minta", "mohon", "perlu", "rusak", "saran", "sayang", "segera", "tambah", "tapi",
    "tetapi", "tidak", "tolong", "tumpuk", "usul", "but", "please", "still", "not",
}  # fmt: skip
"""Words of a text that asks for something, or gives thanks for what has not been done."""


def only_thanks(text: str, words: Words) -> bool:
    """Whether it begins with thanks and asks for nothing: “Makasih DLH, taman kami sudah bersih”."""
    if words.questions or not _WANTING.isdisjoint(words.tokens):
        return False
    return _THANKED.search(fold(text)[:_OPENING]) is not None
