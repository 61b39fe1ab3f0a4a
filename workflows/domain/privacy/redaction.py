"""Redaction: hides what identifies a person in free text. The reporter's own name is tagged when the text comes in
(by Unicode annotation characters, which are removed from typed text) and hidden wherever others read it; it is
recognised in full, in part, with initials or shortened. Numbers (NIK, phones, plates, accounts) and e-mail
addresses are masked; sums of money, dates, times, RT/RW, house numbers, tickets and hexadecimal codes stay, and a
doubtful number is hidden.

Every repetition in a pattern is bounded or possessive, so that the time grows linearly with the text.
"""

from __future__ import annotations
import re
import unicodedata
from functools import cache

ALONE, INTRODUCED = 4, 3
"""Letters of a name's only part that is looked for everywhere; of any part, where people say who they are."""
MAX_NAME_PARTS = 8
"""So many parts are also looked for apart from the others; the whole name is, however many it has."""
MAX_LEADING = 3
"""So many short parts or initials before one that is long enough to be sure."""
_SEPARATES = re.compile(r"[\s.,;:()\[\]/\\\"“”&+*|<>=\-–—\d_]+")
_TITLE = (
    r"(?:bapak|ibu|pak|bu|sdri|sdr|saudara|saudari|drs|dra|drg|dr|ir|prof|hajah|haji|hj|kh|h|ustadz|ustad|ust"
    r"|mas|mbak|mba|bang|kang|teh|tn|ny|mrs|mr|ms)"
)
_DEGREES = (
    r"(?i)(?:(?<!\w)[smabd]\.|,\s{0,3}[smabd]\.?\s?|(?<!\w)ph\.)(?:"
    r"pd|kom|i\.?kom|h|e|t|si|sos|ag|kep|farm|ked|ip|ak|hum|psi|km|gz|tr|th|sn|pt|p|pi|ds|stat|kes|kn|m|sc|eng|md|d|a"
    r")(?:\.i)?(?!\w)"
)
_SHORTENED = tuple(
    frozenset(forms.split("|"))
    for forms in (
        "muhammad|mohammad|muhamad|mohamad|mochammad|mochamad|mokhamad|muh|muhd|moh|mohd|moch|mokh|mhd",
        "abdul|abdoel|abd",
        "siti|sitti|st",
    )
)
"""Each may stand for any other beside another part of the name."""
_APOSTROPHES = "'’‘ʼʻ`´"
_SEP = r"[\W_]{1,3}"
_NEVER = r"(?!)"
_PLACE = (
    r"(?<!\w)(?:jl|jln|jalan|gang|gg|kampung|kp|perumahan|perum|komplek|kompleks|taman|pasar|masjid|blok|blk)"
    rf"[ .]{{1,2}}(?:{_TITLE}[ .]{{1,2}})?"
)
_SAYS_WHO = (
    r"(?:saya|aku|gue|nama(?:ku)?|namanya|bernama|panggil(?:an)?|dipanggil|ttd|tertanda|hormat(?: saya| kami)?"
    r"|salam|terima ?kasih|pelapor|laporan dari|(?:dilaporkan|disampaikan|dikirim|ditulis) oleh|a\.?n\.?|atas nama"
    r"|my name is|i am|i'm|regards|sincerely|report from|call me)"
)
_BETWEEN = rf"(?:[\s.,:;\-–—(]|adalah|bernama|nama|saja|aja|lengkap|dipanggil|ini|{_TITLE}(?!\w)){{0,6}}?(?<!\w)"
_IS_WHO = r"(?=[\s(,\-–—]{1,3}(?:selaku |sebagai )?pelapor\b)"


def parts_of(name: str) -> list[str]:
    """What a name is made of, without titles and degrees."""
    found = _SEPARATES.split(re.sub(_DEGREES, " ", name))
    bare = [part.strip(_APOSTROPHES) for part in found]
    return [part for part in bare if part[:1].isalpha() and not re.fullmatch(_TITLE, part, re.IGNORECASE)]


def name_pattern(name: str) -> re.Pattern[str] | None:
    """Finds `place` (a street of that name), `name`, or `part` behind what `says` who writes; None for no name."""
    parts = parts_of(name)
    several, alone = _several(parts), _either([part for part in parts if len(part) >= INTRODUCED])
    anywhere = several or (alone if len(parts) == 1 and _is_long(parts[0]) else "")
    either = "|".join(filter(None, (several, alone)))
    if not either:
        return None
    ways = [
        rf"(?P<place>{_PLACE}(?:{either}))",
        rf"(?P<name>{anywhere or _NEVER})",
        rf"(?P<says>(?<!\w){_SAYS_WHO}{_BETWEEN})(?P<part>{_lone_initial(parts)}(?:{either}))",
        rf"(?P<reporter>(?:{either}){_IS_WHO})",
    ]
    return re.compile("|".join(ways), re.IGNORECASE)


def _is_long(part: str) -> bool:
    return len(part) >= (2 if _unspaced(part) else ALONE)


def _several(parts: list[str]) -> str:
    """The whole name in a row, or some of its parts, one of them not too short; nothing of a name of one part."""
    words = [part for part in parts if len(part) >= 2 or _unspaced(part)]
    if len(parts) < 2 or not words:
        return ""
    few = parts[:MAX_NAME_PARTS]
    # Atomic: a word that could be several of them is tried once, so that hostile rows of them stay cheap.
    any_ = rf"(?>{'|'.join(filter(None, (_either(_shortened(few)), _initials(few))))})"
    clear = _either([form for form in _shortened(few) if len(form) >= INTRODUCED])
    ways = [_in_a_row(parts)] if len(words) > 1 else []
    if clear:
        ways.append(rf"(?:{any_}{_SEP}){{1,{MAX_LEADING}}}{clear}(?:{_SEP}{any_})*+")
        ways.append(rf"{clear}(?:{_SEP}{any_})++")
    return "|".join(ways)


def _in_a_row(parts: list[str]) -> str:
    gap = r"[\W_]{0,3}" if all(map(_unspaced, parts)) else _SEP
    return gap.join(_either([part]) for part in parts)


def _either(parts: list[str]) -> str:
    """One of them as a word of its own; where a script has no blanks between words, wherever it stands."""
    if not parts:
        return ""
    forms = "|".join(_spelled(part) for part in sorted(set(parts), key=lambda part: (-len(part), part)))
    return rf"(?:{forms})" if all(map(_unspaced, parts)) else rf"(?<!\w)(?:{forms})(?!\w)"


def _spelled(part: str) -> str:
    """With letters and their accents as one character or two, and any apostrophe or none."""
    forms = {unicodedata.normalize(form, part) for form in ("NFC", "NFD")} | {part}
    return "|".join("".join(map(_letter, form)) for form in sorted(forms))


def _letter(character: str) -> str:
    return f"[{_APOSTROPHES}]?" if character in _APOSTROPHES else re.escape(character)


def _shortened(parts: list[str]) -> list[str]:
    """The parts of two letters and more, and what they may stand shortened as."""
    words = [part for part in parts if len(part) >= 2 or _unspaced(part)]
    return [*words, *(form for part in words for forms in _SHORTENED if part.casefold() in forms for form in forms)]


def _initials(parts: list[str]) -> str:
    """A capital, or any letter with its dot: a small one by itself is a word of everyday messages."""
    capitals = _first_letters(parts)
    if not capitals:
        return ""
    return rf"(?<!\w)[{capitals}](?:(?=\.)|(?<=(?-i:[{capitals}]))(?=\s|$))(?!\w)"


def _lone_initial(parts: list[str]) -> str:
    """Behind “saya” also a small one."""
    capitals = _first_letters(parts) if len(parts) > 1 else ""
    return rf"(?:[{capitals}][ .]{{1,2}})?" if capitals else ""


def _first_letters(parts: list[str]) -> str:
    firsts = {part[0].upper() for part in parts if part[0].upper() != part[0].lower()}
    return "".join(sorted(first for first in firsts if len(first) == 1))


def _unspaced(part: str) -> bool:
    """Thai and its neighbours, Chinese, Japanese."""
    return "\u0e00" <= part[0] <= "\u109f" or "\u1780" <= part[0] <= "\u17ff" or "\u2e80" <= part[0] <= "\ua4cf"


OPEN, CLOSE = "\ufff9", "\ufffb"
MASK = "(nama pelapor)"
_MARKS = re.compile("[\ufff9-\ufffb]")
_MARKED = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
_LEFT_ALONE = re.compile(rf"({_MARKED.pattern}|[\w.+%-]{{1,64}}@[\w.-]{{1,80}})")
"""What is marked already, and e-mail addresses: they are hidden as such."""


def untagged_text(text: str) -> str:
    """Typed text without our marks."""
    return _MARKS.sub("", text)


def tag_reporter_name(text: str, *names: str) -> str:
    """The text with these names of its writer marked; what is marked already stays so."""
    found = untagged_text(text) if not names_in(text) else text
    for name in names:
        found = _marked(found, name)
    return found


def untagged(text: str) -> str:
    """The text as its writer wrote it."""
    return untagged_text(text)


def redact_name(text: str) -> str:
    """The text with tagged names hidden, for others."""
    return _MARKS.sub("", _MARKED.sub(MASK, text)) if OPEN in text or CLOSE in text else text


def names_in(text: str) -> tuple[str, ...]:
    """The tagged names of a text: for an anonymous complaint the only trace of its reporter."""
    return tuple(dict.fromkeys(found[1:-1] for found in _MARKED.findall(text)))


def _marked(text: str, name: str) -> str:
    """Outside what is left alone: the name, and a part of it after “saya” and its like."""
    pattern = name_pattern(name)
    if pattern is None:
        return text
    pieces = _LEFT_ALONE.split(text)
    return "".join(piece if n % 2 else pattern.sub(_wrapped, piece) for n, piece in enumerate(pieces))


def _wrapped(found: re.Match[str]) -> str:
    """A street may bear the same name as who writes of it; that is a place, and stays."""
    if found["place"]:
        return found[0]
    if found["says"]:
        return f"{found['says']}{OPEN}{found['part']}{CLOSE}"
    return f"{OPEN}{found[0]}{CLOSE}"


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
_BANK = "bca|bri|bni|btn|bsi|bjb|mandiri|cimb(?:[ ]niaga)?|danamon|permata|panin|ocbc|maybank|muamalat|seabank|jago"
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
_CODE = (
    r"(?i)(?<![a-z\d])([a-f\d]{8}-(?:[a-f\d]{4}-){3}[a-f\d]{12}"
    r"|(?:\d++[a-f]++\d|(?!bca)[a-f]++\d{5,}+[a-f]|[a-f]++\d++[a-f]++\d)[a-f\d]*+)(?![a-z\d])"
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
    ("phone", "", rf"(?:\((?=0\d{{2,3}}\))|(?<!\d))0(?:21|2[2-9]\d?|[3-79][1-9]\d?)\)?[ .-]{{0,3}}{_digits(6, 8)}"),
    (
        "phone",
        r"\b(?:te?lp|te?lpn|tele?pon|hp|wa|whatsapp|kontak)\b[ ]?(?:saya|kami|nya|rumah|no|nomor)?[ .:=]{0,3}",
        rf"{_OTHER}{_digits(6, 13)}",
    ),
    ("plate", "", rf"(?<![a-z\d])(?:{_REGION})[ .-]{{0,2}}[1-9]\d{{0,3}}(?:[ .-]{{0,2}}[a-z]{{1,3}})?(?![a-z\d])"),
)


@cache
def _any_of(rules: tuple[tuple[str, str, str], ...]) -> re.Pattern[str]:
    """Compiled when a text is first masked: that takes longer than to load all the rest of a page."""
    named = (f"{lead}(?P<{kind}_{n}>{secret})" for n, (kind, lead, secret) in enumerate(rules))
    return re.compile("|".join(named), re.IGNORECASE)


# Strings, compiled by the first `re.search`: whoever only hides a tagged name does not wait for them.
_PLATE = r"(?i)(?P<region>[a-z]+)[ .-]*(?P<number>\d+)(?P<gap>[ .-]*)(?P<series>[a-z]*)"
_ANNOUNCED = r"(?i)\b(?:pelat|plat|nopol|no\.? ?pol|nomor polisi)\b"
_VEHICLE = r"(?i)\b(?:motor|mobil|truk|truck|angkot|bus|taksi|kendaraan|pick ?up)(?:nya)?\b"
_ADDRESS = (
    r"(?i)\b(?:blok|blk|gang|gg|kav|kavling|jl|jalan|lantai|kelas|tipe|type|gedung|cluster|unit|tower)[ .:]{0,2}$"
)
_NO_SERIES = (
    r"ada|bks|box|can|cc|cm|cup|cv|dan|dg|di|dll|dr|due|dus|gr|ha|hal|hr|ini|itu|jam|jl|jt|kav|ke|kg|kk|km|kw"
    r"|lbr|lt|ltr|m|mg|ml|mm|no|org|pak|pcs|per|pt|rb|rit|rt|rw|sak|sd|sm|tdk|thn|ton|unt|utk|va|w|yg"
)


def mask_identifiers(text: str) -> str:
    """The text with its writer's name, personal numbers and addresses hidden; masked again, it stays the same."""
    text = redact_name(text)
    for _ in range(_PASSES):
        parts = re.split(_CODE, _any_of(_EMAILS).sub(_hide, text))
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
    parts = re.fullmatch(_PLATE, match.group(match.lastgroup or 0))
    before = match.string[max(0, match.start() - 40) : match.start()].rpartition("]")[2]
    if parts is None or re.search(_ADDRESS, before) or (_is_joined(match) and not re.search(_ANNOUNCED, before)):
        return 0
    if not parts["series"] or (parts["gap"] and re.fullmatch(_NO_SERIES, parts["series"].lower())):
        return parts.end("number") if _is_plate(parts, before, bare=True) else 0
    return parts.end() if _is_plate(parts, before, bare=False) else 0


def _is_joined(match: re.Match[str]) -> bool:
    """“a1234bc-7” or “x_a1234bc”: in small letters without a gap, it is a piece of something longer."""
    found, start, end = match.group(match.lastgroup or 0), match.start(), match.end()
    beside = match.string[max(0, start - 1) : start] + match.string[end : end + 1]
    return found.isalnum() and not found.isupper() and any(character in "-_" for character in beside)


def _is_plate(parts: re.Match[str], before: str, bare: bool) -> bool:
    if re.search(_ANNOUNCED, before):
        return True
    if len(parts["number"]) < 3:
        return False
    # Small letters with blanks between are mostly words, but for the b of Tangerang's own plates.
    looks_so = parts["region"].isupper() or parts["region"] == "b" or parts.group().isalnum()
    return re.search(_VEHICLE, before) is not None or (looks_so and not bare)


TYPED_NAME_MASK = "[nama disamarkan]"
_SHORTEST = 3  # letters of a part of a name that is looked for by itself


def without_reporter_name(text: str, name: str) -> str:
    """The text without that name and its parts, wherever they stand as words, large or small."""
    parts = [part for part in re.findall(r"[^\W\d_]+", name) if len(part) >= _SHORTEST]
    if not parts:
        return text
    either = "|".join(map(re.escape, parts))
    return re.sub(rf"\b(?:{either})\b(?:\s+(?:{either})\b)*", TYPED_NAME_MASK, text, flags=re.IGNORECASE)
