"""Greetings, thanks and closing formulas: how polite a letter is says nothing of whose matter it is."""

from __future__ import annotations

import re

_FORMULAS = re.compile(
    r"\b(?:"
    r"ass?alamu\W?al\w*(?: wr)?(?:\W+wb)?"
    r"|selamat (?:pagi|siang|sore|malam)\b(?: (?:pak|bu|admin|min|kak))?"
    r"|(?:kepada )?(?:yth|yang terhormat)\b(?: (?:bapak|ibu|admin))?"
    r"|permisi\b(?: (?:pak|bu|admin|min|kak))?"
    r"|(?:mohon |minta )?izin (?:melapor|lapor|bertanya)"
    r"|saya (?:mau|ingin) (?:me)?lapor(?:kan)?"
    r"|demikian (?:laporan|pengaduan|aduan|keluhan|surat)?(?: (?:saya|kami|ini))?"
    r"|(?:mohon|tolong) (?:segera )?di ?tindak ?lanjuti"
    r"|atas perhatian\w*(?: dan kerja ?sama\w*)?(?: (?:saya|kami))?(?: (?:ucapkan|sampaikan))?(?: terima ?kasih)?"
    r")\b"
)


def without_formulas(text: str) -> str:
    """The text, already in lower case, without them; a formula leaves the end of a sentence behind."""
    return _FORMULAS.sub(". ", text)
