"""What a form that comes back says of the photos that came with it."""

from __future__ import annotations

from functions.views.filling import fill
from functions.views.photos import unusable_words
from functions.views.sentences import N_
from functions.views.words import say
from workflows.citizen.kept_photos import Kept

KEPT = N_("{n} foto tersimpan, dan ikut terkirim bersama laporan Anda.")


def kept_words(kept: Kept, lang: str) -> str:
    """How many will be sent on; empty where none is kept."""
    return fill(say(lang, "pages")(KEPT), {"n": kept.count}) if kept.count else ""


def not_kept_words(kept: Kept, lang: str) -> str:
    """A sentence for each photo that will not be sent on, and why."""
    several = kept.count + len(kept.left_out) > 1
    each = (unusable_words(photo.why, {"n": photo.n} if several else {}, lang) for photo in kept.left_out)
    return " ".join(each)
