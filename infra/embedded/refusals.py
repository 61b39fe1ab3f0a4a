"""What the server says by itself, before any function is asked, in the words of Laksa."""

from __future__ import annotations

import json
from dataclasses import dataclass

from infra.embedded.rendering import PAGE_HEADERS, render


@dataclass(frozen=True)
class Words:
    """One refusal in both languages."""

    title: str
    indonesian: str
    english: str


UNREADABLE = Words(
    "Kiriman tidak terbaca",
    "Kiriman ini tidak terbaca dan tidak tersimpan. Buka formulir sekali lagi dan kirim dari sana.",
    "This could not be read and was not stored. Open the form again and send from there.",
)
TOO_LARGE = Words(
    "Kiriman terlalu besar",
    "Kiriman ini lebih dari 32 MB dan tidak tersimpan. Tekan “Kembali” di browser (tulisan biasanya masih ada), "
    "kurangi atau kecilkan foto, lalu kirim lagi.",
    "This is over 32 MB and was not stored. Press “Back” in your browser (your text is usually still there), "
    "use fewer or smaller photos, send again.",
)
BROKEN = Words(
    "Ada yang salah di pihak Laksa",
    "Bila Anda sedang mengirim laporan: laporan mungkin belum tersimpan. Tunggu 1 menit, lalu kirim lagi; "
    "tidak akan tercatat dua kali.",
    "If you were sending a report, it may not be stored yet. Wait one minute and send it again; it will not be "
    "filed twice.",
)

NOT_SO = Words(
    "Alamat ini dipakai dengan cara lain",
    "Alamat ini ada, tetapi tidak untuk dibuka dengan cara ini. Tidak ada yang berubah.",
    "This address exists, but is not used in this way. Nothing has changed.",
)
_SPECIAL = {405: NOT_SO, 413: TOO_LARGE}


def refusal(status: int, json_wanted: bool) -> tuple[dict[str, str], bytes]:
    """Headers and body for a status: a page, or an RFC 9457 problem for machines."""
    words = _SPECIAL.get(status) or (UNREADABLE if status < 500 or status == 501 else BROKEN)
    if not json_wanted:
        return PAGE_HEADERS, render("refusal.html", home="/", words=words).encode()
    problem = {"type": "about:blank", "status": status, "title": words.title, "detail": words.indonesian}
    headers = {**PAGE_HEADERS, "Content-Type": "application/problem+json"}
    return headers, json.dumps(problem, ensure_ascii=False).encode()


def wants_json(accept: str, content_type: str) -> bool:
    """JSON when only that is accepted, or a JSON body came and Accept does not name HTML."""
    if "text/html" in accept:
        return False
    return "json" in accept or "json" in content_type
