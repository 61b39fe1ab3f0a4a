"""Photos as a page shows them, and sentences about those that were left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from functions.views.shared.context import CaseView
from functions.views.shared.i18n import fill_blanks, translator
from functions.views.shared.strings import N_
from workflows.domain.actions.officer import drafted_photos
from workflows.domain.complaint.photo import PhotoFacts
from workflows.domain.complaint.transition import CITIZEN, NO_EVENT, EventName, TimelineEvent

LONGEST, MAX_FOR_OFFICES = 152, 100
"""CSS pixels; the thumbnails have twice as many, and three fit in a row on an officer's phone."""
FROM = {
    (CITIZEN, True): N_("Foto {n} dari Anda"),
    (CITIZEN, False): N_("Foto {n} dari OPD"),
    ("office", True): "Foto {n} dari pelapor",
    ("office", False): "Foto {n} dari OPD",
}
REPORT_WITHOUT = N_("Laporan Anda terkirim tanpa {which}: {why}.")
WITHOUT = N_("Terkirim tanpa {which}: {why}.")
ONLY_ONE, ONE_OF_SEVERAL = N_("foto"), N_("foto ke-{n}")
FIRST_ONLY = N_("Paling banyak 3 foto; foto lainnya tidak ikut terkirim.")
UNUSABLE = N_("Foto ini tidak dapat dipakai: {why}.")
ONE_UNUSABLE = N_("Foto ke-{n} tidak dapat dipakai: {why}.")
TOO_MANY = N_("paling banyak 3 foto sekali kirim")
WHY = {
    "not_a_photo": N_("bukan JPEG, PNG atau WebP"),
    "too_large": N_("lebih dari 8 MB"),
    "too_many_pixels": N_("lebih dari 40 megapiksel"),
    "damaged": N_("berkasnya rusak"),
    "not_stored": N_("Laksa sedang tidak dapat menyimpan foto"),
}
LEAVES = {"answer": ("answered", "drafted"), "progress": ("progress",)}
"""Actions that photos may come with, and the timeline events they leave."""

DOUBTS = {
    "same_as_citizen": "Foto itu sama dengan foto yang dikirim pelapor.",
    "same_as_earlier_proof": "Foto itu sama dengan foto bukti yang pernah dikirim.",
    "taken_before": "Menurut keterangan di dalam berkasnya, foto itu dibuat sebelum laporan masuk.",
}
"""Facts about an answer's photos for the desk to look into; never a verdict."""


def doubts_of(entry: TimelineEvent) -> list[str]:
    """The facts for the desk about the photos that came with an answer."""
    return [DOUBTS[code] for code in entry.facts.get("doubt", ()) if code in DOUBTS]


@dataclass(frozen=True)
class Shown:
    """A thumbnail that links to the photo; width and height in CSS pixels."""

    address: str
    width: int
    height: int
    alt: str

    @property
    def small(self) -> str:
        """The URL of the thumbnail."""
        return f"{self.address}?kecil=1"


def citizens_photos(case: CaseView) -> list[Shown]:
    """The citizen's photos, as offices see them."""
    return _shown(case, (photo for photo in case.complaint.photos if photo.by == CITIZEN), "id", "office")


def photos_of(case: CaseView, entry: TimelineEvent, lang: str, reader: str = CITIZEN) -> list[Shown]:
    """The photos of a timeline event; `reader` is citizen or office."""
    return _numbered(case, entry.facts.get("photos", ()), lang, reader)


def photos_of_draft(case: CaseView) -> list[Shown]:
    """The photos that are sent with the draft."""
    return _numbered(case, drafted_photos(case.complaint), "id", "office")


def left_out_words(entry: TimelineEvent, lang: str) -> list[str]:
    """One sentence for each photo sent with a timeline event and not accepted."""
    left_out = entry.facts.get("left_out", ())
    return list(dict.fromkeys(_left_out(entry, photo, lang) for photo in left_out))


def left_out_shape(lines: Iterable[TimelineEvent], role: str, action: str) -> dict[str, Any]:
    """For machines: number, code and sentence of each photo that was sent with an office's action and not
    accepted. `lines`: newest first; the first event of such an action counts. {} if every photo was accepted.
    """
    fitting = (line for line in lines if line.by == role and line.event in LEAVES.get(action, ()))
    line = next(fitting, NO_EVENT)
    left_out = line.facts.get("left_out", ())
    each = [{"n": p["n"], "code": p["why"], "message": _left_out(line, p, "id")} for p in left_out]
    return {"left_out": each} if each else {}


def unusable_words(why: str, facts: Mapping[str, Any], lang: str) -> str:
    """Why a photo that came with nothing else is refused, with its number if there were several."""
    _, sentence = translator(lang, "pages"), UNUSABLE if "n" not in facts else ONE_UNUSABLE
    return fill_blanks(_(sentence), {**facts, "why": _(WHY.get(why, TOO_MANY))})


def _left_out(entry: TimelineEvent, photo: Mapping[str, Any], lang: str) -> str:
    _ = translator(lang, "pages")
    why = WHY.get(photo["why"])
    if why is None:
        return _(FIRST_ONLY)
    alone = len(entry.facts["left_out"]) + len(entry.facts.get("photos", ())) == 1
    sentence = REPORT_WITHOUT if entry.event == EventName.RECEIVED else WITHOUT
    which = fill_blanks(_(ONLY_ONE if alone else ONE_OF_SEVERAL), photo)
    return fill_blanks(_(sentence), {"which": which, "why": _(why)})


def _numbered(case: CaseView, numbers: Collection[int], lang: str, reader: str) -> list[Shown]:
    return _shown(case, (photo for photo in case.complaint.photos if photo.n in numbers), lang, reader)


def _shown(case: CaseView, photos: Iterable[PhotoFacts], lang: str, reader: str) -> list[Shown]:
    """The photos; none on a page without a path, since their URLs begin with the page's own."""
    longest = LONGEST if reader == CITIZEN else MAX_FOR_OFFICES
    return [_one(case.path, photo, lang, reader, longest) for photo in photos] if case.path else []


def _one(path: str, photo: PhotoFacts, lang: str, reader: str, longest: int) -> Shown:
    scale = min(1.0, longest / max(photo.width, photo.height, 1))
    width, height = (max(1, round(side * scale)) for side in (photo.width, photo.height))
    alt = fill_blanks(translator(lang, "pages")(FROM[reader, photo.by == CITIZEN]), {"n": photo.n})
    return Shown(f"{path}/foto/{photo.n}", width, height, alt)
