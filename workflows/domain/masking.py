"""Hides what names a person inside free text: NIK, phones, plates, account numbers, e-mail addresses.

Sums of money, dates, times, RT/RW, house numbers, tickets, UUIDs and other hexadecimal codes stay. A number in
doubt is hidden. Every part of a pattern is bounded or gives nothing back: the work grows with the text's length.
"""

from __future__ import annotations

import re
from functools import cache

from workflows.domain import own_name

MASKS = {
    "email": "[email disamarkan]",
    "nik": "[NIK disamarkan]",
    "phone": "[nomor HP disamarkan]",
    "account": "[rekening disamarkan]",
    "plate": "[pelat disamarkan]",
}

# What stood glued to a hidden number can be readable on the next pass; the limit keeps hostile text cheap.
_PASSES = 4
_MONEY = r"[1-9]\d{0,2}(?:\.\d{3}){1,4}(?![.\-]?\d)"
_DATE = r"(?:\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)(?![-.]?\d)"
_TIME = r"(?:[01]?\d|2[0-4])[.:][0-5]\d(?!\.?\d)"
_OTHER = rf"(?!{_MONEY}|{_DATE}|{_TIME})"
_END = r"(?!\d)"
_BANK = (
    "bca|bri|bni|btn|bsi|bjb|mandiri|cimb(?:[ ]niaga)?|danamon|permata|panin|ocbc|maybank|muamalat|seabank|jago"
)
# Between a word that announces a number and the number: no other number, sum, address, mask or line.
_ON_THE_WAY = r"(?:(?!\brp)[^\d\[\]\n@]){0,40}?"
_GAP = r"(?:[ ]{1,2}|\.|[ ]?[-–/()]{1,2}[ ]?)?"
_REGION = "A[ABDEG]?|B[ABDEGHKLMNP]?|D[ABCDEGHKLMNRSTW]?|E[ABD]?|F|G|H|K[BHTU]?|L|M|N|P[AB]?|R|S|T|W|Z"


def _digits(least: int, most: int, gap: str = "[ .-]?") -> str:
    return rf"\d(?:{gap}\d){{{least - 1},{most - 1}}}{_END}"


def _nik(gap: str) -> str:
    """Sixteen digits that can be region, birthday (day + 40 for women) and serial, all with one kind of gap."""
    any_ = rf"\d{gap}"
    month = rf"(?:0{gap}[1-9]|1{gap}[0-2])"
    return rf"[1-9]{gap}{any_ * 5}[0-7]{gap}{any_}{month}{gap}{any_ * 5}\d{_END}"


# A code changes between letters and digits more than once; a plate alone and “BCA1234567890a” are none.
_CODE = re.compile(
    r"(?<![a-z\d])([a-f\d]{8}-(?:[a-f\d]{4}-){3}[a-f\d]{12}"
    r"|(?:\d++[a-f]++\d|(?!bca)[a-f]++\d{5,}+[a-f]|[a-f]++\d++[a-f]++\d)[a-f\d]*+)(?![a-z\d])",
    re.IGNORECASE,
)

# What to do, the words that announce it and stay, what is hidden. At one place the first that fits wins.
_EMAILS = (
    ("email", "", r"[\w.+%-]{1,64}(?:@|[ ]?[\[(]at[\])][ ]?)(?:[a-z0-9-]{1,40}\.){1,4}[a-z]{2,12}\b"),
    (
        "email",
        "",
        r"[\w.+%-]{1,64}[ ]?(?:@|\bat\b)[ ]?(?:gmail|yahoo|ymail|outlook|hotmail|icloud)"
        r"(?:[ ]?(?:\.|\bdot\b)[ ]?(?:com|co\.id)\b)?",
    ),
)
_RULES = (
    ("keep", "", r"\bLKS-?[0-9A-Z]{4}-?[0-9A-Z]{4}-?[0-9A-Z]\b"),
    ("keep", "", rf"\b(?:rp|idr)\.?[ ]?[1-9]\d{{0,14}}(?:[.,]\d{{1,3}}){{0,5}}{_END}"),
    ("keep", "", rf"(?<![\d.+]){_MONEY}"),
    ("keep", "", rf"(?<!\d){_DATE}"),
    ("keep", "", r"(?<![\d.+])-?(?:1[01]|\d|9[5-9]|1[0-4]\d)\.\d{5,20}(?![.\-]?\d)"),  # degrees of Indonesia
    ("keep", "", rf"(?<!\d)\d\d\.\d\d(?:\.\d{{3}}){{3}}[.-]\d{{4}}\.?\d{_END}"),  # a plot's number for its tax
    ("nik", "", rf"(?<!\d)\d{{16}}{_END}"),
    ("nik", "", rf"(?<!\d)(?:{_nik('[ ]{0,2}')}|{_nik('[.]?')}|{_nik('(?:[ ]?[-–][ ]?)?')})"),
    ("nik", r"\b(?:nik|ktp|kk)\b[ ]?(?:ktp|saya|nya|no|nomor)?[ .:=]{0,3}", _digits(12, 18)),
    (
        "account",
        rf"(?<![\w\[])(?:no(?:mor)?[ .]{{0,2}})?(?:rek|rekening|norek|a/c|va|virtual[ ]account)\b{_ON_THE_WAY}",
        rf"{_OTHER}{_digits(8, 19)}",
    ),
    ("account", rf"\b(?:transfer|trf|tf|setor|{_BANK})\b{_ON_THE_WAY}", rf"{_OTHER}{_digits(10, 18)}"),
    ("account", "", rf"(?<!\d)\d{{9,18}}(?=[ ]?[-(]?[ ]?(?:(?:bank[ ])?(?:{_BANK})\b|a\.?n\b|atas[ ]nama\b))"),
    ("phone", "", rf"\(?\+[ ]?{_OTHER}{_digits(9, 14, _GAP)}"),
    ("phone", "", rf"(?<!\d)62{_GAP}(?:0{_GAP})?8[1-9](?:{_GAP}\d){{6,10}}{_END}"),
    ("phone", "", rf"(?:\((?=08\d\d\))0|(?<!\d)0|(?<!\w)o)8[1-9](?:{_GAP}\d){{6,10}}{_END}"),
    ("phone", "", rf"(?<!\d)0[ .-]8[ .-][1-9](?:[ .-]\d){{7,10}}{_END}"),
    ("phone", "", rf"(?<!\d)08[ ][1-9]\d(?:[ ]\d{{3,4}}){{2}}{_END}"),
    ("phone", "", rf"(?<!\d)8[1-9]\d{{7,10}}{_END}"),
    (
        "phone",
        "",
        rf"(?:\((?=0\d{{2,3}}\))|(?<!\d))0(?:21|2[2-9]\d?|[3-79][1-9]\d?)\)?[ .-]{{0,3}}{_digits(6, 8)}",
    ),
    (
        "phone",
        r"\b(?:te?lp|te?lpn|tele?pon|hp|wa|whatsapp|kontak)\b[ ]?(?:saya|kami|nya|rumah|no|nomor)?[ .:=]{0,3}",
        rf"{_OTHER}{_digits(6, 13)}",
    ),
    (
        "plate",
        "",
        rf"(?<![a-z\d])(?:{_REGION})[ .-]{{0,2}}[1-9]\d{{0,3}}(?:[ .-]{{0,2}}[a-z]{{1,3}})?(?![a-z\d])",
    ),
)


@cache
def _any_of(rules: tuple[tuple[str, str, str], ...]) -> re.Pattern[str]:
    """Compiled when a text is first masked: that takes longer than to load all the rest of a page."""
    named = (f"{lead}(?P<{kind}_{n}>{secret})" for n, (kind, lead, secret) in enumerate(rules))
    return re.compile("|".join(named), re.IGNORECASE)


_PLATE = re.compile(r"(?P<region>[a-z]+)[ .-]*(?P<number>\d+)(?P<gap>[ .-]*)(?P<series>[a-z]*)", re.IGNORECASE)
_ANNOUNCED = re.compile(r"\b(?:pelat|plat|nopol|no\.? ?pol|nomor polisi)\b", re.IGNORECASE)
_VEHICLE = re.compile(r"\b(?:motor|mobil|truk|truck|angkot|bus|taksi|kendaraan|pick ?up)(?:nya)?\b", re.IGNORECASE)
_ADDRESS = re.compile(
    r"\b(?:blok|blk|gang|gg|kav|kavling|jl|jalan|lantai|kelas|tipe|type|gedung|cluster|unit|tower)[ .:]{0,2}$",
    re.IGNORECASE,
)
_NO_SERIES = re.compile(
    r"ada|bks|box|can|cc|cm|cup|cv|dan|dg|di|dll|dr|due|dus|gr|ha|hal|hr|ini|itu|jam|jl|jt|kav|ke|kg|kk|km|kw"
    r"|lbr|lt|ltr|m|mg|ml|mm|no|org|pak|pcs|per|pt|rb|rit|rt|rw|sak|sd|sm|tdk|thn|ton|unt|utk|va|w|yg"
)


def mask(text: str) -> str:
    """The text with its writer's name, personal numbers and addresses hidden; masked again, it stays the same."""
    text = own_name.hide(text)
    for _ in range(_PASSES):
        parts = _CODE.split(_any_of(_EMAILS).sub(_hide, text))
        masked = "".join(part if n % 2 else _any_of(_RULES).sub(_hide, part) for n, part in enumerate(parts))
        if masked == text:
            break
        text = masked
    return text


def _hide(match: re.Match[str]) -> str:
    group = match.lastgroup or ""
    kind, start, end = group.split("_")[0], match.start(group), match.end(group)
    if kind == "plate":
        end = start + _plate_length(match)
    if kind == "keep" or end == start:
        return match.group()
    whole = match.string
    return whole[match.start() : start] + MASKS[kind] + whole[end : match.end()]


def _plate_length(match: re.Match[str]) -> int:
    """How much of what looks like a plate is one: 'B 12 no 5' and 'D 3' are none, 'B 1234 di' is without 'di'."""
    parts = _PLATE.fullmatch(match.group(match.lastgroup or 0))
    before = match.string[max(0, match.start() - 40) : match.start()].rpartition("]")[2]
    if parts is None or _ADDRESS.search(before) or (_is_joined(match) and not _ANNOUNCED.search(before)):
        return 0
    if not parts["series"] or (parts["gap"] and _NO_SERIES.fullmatch(parts["series"].lower())):
        return parts.end("number") if _is_plate(parts, before, bare=True) else 0
    return parts.end() if _is_plate(parts, before, bare=False) else 0


def _is_joined(match: re.Match[str]) -> bool:
    """“a1234bc-7” or “x_a1234bc”: in small letters without a gap, it is a piece of something longer."""
    found, start, end = match.group(match.lastgroup or 0), match.start(), match.end()
    beside = match.string[max(0, start - 1) : start] + match.string[end : end + 1]
    return found.isalnum() and not found.isupper() and any(character in "-_" for character in beside)


def _is_plate(parts: re.Match[str], before: str, bare: bool) -> bool:
    if _ANNOUNCED.search(before):
        return True
    if len(parts["number"]) < 3:
        return False
    # Small letters with blanks between are mostly words, but for the b of Tangerang's own plates.
    looks_so = parts["region"].isupper() or parts["region"] == "b" or parts.group().isalnum()
    return _VEHICLE.search(before) is not None or (looks_so and not bare)
