"""Greetings, thanks and closing formulas: how polite a letter is says nothing of whose matter it is."""

from __future__ import annotations

import re

_READER = r"bapak|bpk|ibu|pak|bu|admin|min|kak|kakak|semua|yth|yang terhormat"
_READERS = rf"(?:\W{{0,3}}\b(?:{_READER})\b(?! r[tw](?![a-z]))){{0,4}}"  # “pak RT 05” is no reader
_MAYOR = (
    r"(?:\W{0,3}\bwali ?kota\b(?: (?:kota )?tangerang\b)?)?"  # the usual addressee of a letter, not its matter
)
_WISHES = r"banyak|sebelumnya|semoga|sehat|selalu|sukses|atas|perhatian(?:nya)?|bantuan(?:nya)?"
_FORMULAS = re.compile(
    r"\b(?:"
    r"w?ass?alamu\W?al\w*(?: wr)?(?:\W+wb)?"
    rf"|selamat (?:pagi|siang|sore|malam)\b{_READERS}"
    rf"|(?:kepada )?(?:yth|yang terhormat)\b{_READERS}{_MAYOR}"
    rf"|permisi\b{_READERS}"
    rf"|(?:mohon |minta )?izin (?:melapor|lapor|bertanya)\b{_READERS}"
    r"|saya (?:mau|ingin) (?:me)?lapor(?:kan)?"
    r"|demikian (?:laporan|pengaduan|aduan|keluhan|surat)?(?: (?:saya|kami|ini))?"
    r"|(?:mohon|tolong) (?:segera )?di ?tindak ?lanjuti"
    r"|atas perhatian\w*(?: bapak\W{0,3}ibu)?(?: dan kerja ?sama\w*)?"
    r"(?: (?:saya|kami))?(?: (?:ucapkan|sampaikan))?(?: terima ?kasih)?"
    r")\b"
)
_THANKING = re.compile("kasih|trims|thx|thanks")
_THANKS = re.compile(
    r"(?<=\w)(?<!uang)\W{0,5}\b(?:terima ?kasih|makasih|trims|thx|thanks)\b"
    rf"(?:\W{{0,3}}\b(?:{_WISHES}|{_READER})\b){{0,5}}\W*$"
)


def without_formulas(text: str) -> str:
    """The text, already in lower case, without them; a formula leaves the end of a sentence behind.

    Thanks that close a letter go as well, but not those it begins with: they may be all it says.
    """
    plain = _FORMULAS.sub(". ", text)
    return _THANKS.sub(".", plain) if _THANKING.search(plain) else plain
