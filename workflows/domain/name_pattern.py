"""How the name somebody typed may stand in what they wrote: whole, in part, with initials, shortened.

Every repetition is bounded or consumes what it has matched: the work grows with the text's length alone.
"""

from __future__ import annotations

import re
import unicodedata

ALONE, INTRODUCED = 4, 3
"""Letters of a name's only part that is looked for everywhere; of any part, where people say who they are."""
MOST_PARTS = 8
"""So many parts are also looked for apart from the others; the whole name is, however many it has."""
MOST_LEADING = 3
"""So many short parts or initials before one that is long enough to be sure."""
_SEPARATES = re.compile(r"[\s.,;:()\[\]/\\\"“”&+*|<>=\-–—\d_]+")
_TITLE = (
    r"(?:bapak|ibu|pak|bu|sdri|sdr|saudara|saudari|drs|dra|drg|dr|ir|prof|hajah|haji|hj|kh|h|ustadz|ustad|ust"
    r"|mas|mbak|mba|bang|kang|teh|tn|ny|mrs|mr|ms)"
)
_TITLES = re.compile(_TITLE, re.IGNORECASE)
_DEGREES = re.compile(
    r"(?:(?<!\w)[smabd]\.|,\s{0,3}[smabd]\.?\s?|(?<!\w)ph\.)(?:"
    r"pd|kom|i\.?kom|h|e|t|si|sos|ag|kep|farm|ked|ip|ak|hum|psi|km|gz|tr|th|sn|pt|p|pi|ds|stat|kes|kn|m|sc|eng|md|d|a"
    r")(?:\.i)?(?!\w)",
    re.IGNORECASE,
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
    found = _SEPARATES.split(_DEGREES.sub(" ", name))
    bare = [part.strip(_APOSTROPHES) for part in found]
    return [part for part in bare if part[:1].isalpha() and not _TITLES.fullmatch(part)]


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
    few = parts[:MOST_PARTS]
    # Atomic: a word that could be several of them is tried once, so that hostile rows of them stay cheap.
    any_ = rf"(?>{'|'.join(filter(None, (_either(_shortened(few)), _initials(few))))})"
    clear = _either([form for form in _shortened(few) if len(form) >= INTRODUCED])
    ways = [_in_a_row(parts)] if len(words) > 1 else []
    if clear:
        ways.append(rf"(?:{any_}{_SEP}){{1,{MOST_LEADING}}}{clear}(?:{_SEP}{any_})*+")
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
    return [
        *words,
        *(form for part in words for forms in _SHORTENED if part.casefold() in forms for form in forms),
    ]


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
