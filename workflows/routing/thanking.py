"""Does a letter only thank? Then there is nothing for an office to do, however clear whom it thanks for what."""

from __future__ import annotations

import re

from workflows.routing.text import Words, fold

_THANKS = r"(?:terima ?kasih|makasih|makasi|trims|thx|thanks|thank you|salut|apresiasi|mantap|alhamdulillah)"
_OPENING = 40  # letters in which one that only thanks begins to
_THANKED = re.compile(rf"\b{_THANKS}\b")
_WANTING = {
    "belum", "bisa", "bolong", "bukan", "butuh", "cuma", "harap", "jangan", "kapan", "kenapa", "kurang", "lubang",
    "macet", "masih", "mati", "minta", "mohon", "perlu", "rusak", "saran", "sayang", "segera", "tambah", "tapi",
    "tetapi", "tidak", "tolong", "tumpuk", "usul", "but", "please", "still", "not",
}  # fmt: skip
"""What a letter that wants something says, or one that thanks for what has not been done."""


def only_thanks(text: str, words: Words) -> bool:
    """It begins with thanks and wants nothing: “Makasih DLH, taman kami sudah bersih”."""
    if words.questions or not _WANTING.isdisjoint(words.tokens):
        return False
    return _THANKED.search(fold(text)[:_OPENING]) is not None
