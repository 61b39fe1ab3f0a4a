"""The same letter as another hand would have typed it: what says nothing new of the matter."""

from __future__ import annotations
import re
from collections.abc import Callable
from random import Random

Noise = Callable[[str, Random], str]
_WORD = re.compile(r"[A-Za-z]+")
_GREETINGS = (
    "Assalamualaikum wr wb, selamat pagi pak. ",
    "Selamat siang Bapak/Ibu admin yang terhormat, ",
    "Yth. Bapak Wali Kota Tangerang,\n",
    "Mohon izin melapor min, ",
    "Permisi, saya mau lapor. ",
)
_THANKS = (
    " Terima kasih.",
    " Mohon segera ditindaklanjuti, terima kasih atas perhatiannya.",
    "\nWassalamualaikum wr wb",
    " Makasih min, sehat selalu 🙏",
    " Demikian laporan saya, atas perhatian Bapak/Ibu saya ucapkan terima kasih.",
)
_SLANG = (
    ("yang", "yg"), ("tidak", "gak"), ("tolong", "tlg"), ("jalan", "jln"), ("sudah", "udah"), ("saya", "sy"),
    ("dengan", "dgn"), ("dan", "dn"), ("karena", "krn"), ("belum", "blm"), ("tapi", "tp"), ("untuk", "utk"),
    ("lampu", "lmpu"), ("sampai", "sampe"), ("banyak", "byk"), ("orang", "org"), ("juga", "jg"),
    ("kalau", "klo"), ("bapak", "bpk"), ("rumah", "rmh"), ("mohon", "mhn"), ("dari", "dr"), ("lubang", "lobang"),
)  # fmt: skip
_FACES = (" 😡", " 🙏🙏", " 👍", " 😭😭", " ❤️")
_MARKS = (*_FACES, "..", " …", "!!!")
_STOP = re.compile(r"(?<=[a-z]{4})[.,!]\s+")  # not after “Jl.” or “Kel.”, which are part of a place


def upper(text: str, _random: Random) -> str:
    """All capitals."""
    return text.upper()


def capitals(text: str, random: Random) -> str:
    """Here and there a capital, as a phone makes them."""
    return "".join(c.upper() if random.random() < 0.3 else c.lower() for c in text)


def blanks(text: str, random: Random) -> str:
    """More blanks between words, and around the text."""
    wider = re.sub(" ", lambda _: random.choice((" ", "  ", "   ", "\t", " \u00a0")), text)
    return f"\n {wider} \n"


def marks(text: str, random: Random) -> str:
    """Every stop doubled or with an emoji, more in the end; after a comma none that would end a sentence."""
    louder = _STOP.sub(lambda m: m[0].strip() + random.choice(_FACES if m[0][0] == "," else _MARKS) + " ", text)
    return louder.rstrip() + random.choice(_MARKS)


def stretched(text: str, random: Random) -> str:
    """Words drawn out: “paraaah”."""
    return _WORD.sub(lambda m: _drawn_out(m[0], random) if random.random() < 0.25 else m[0], text)


def _drawn_out(word: str, random: Random) -> str:
    spots = [i for i, c in enumerate(word) if c in "aiueoAIUEO"]
    if len(word) < 4 or not spots:
        return word
    spot = spots[-1]
    return word[:spot] + word[spot] * random.randint(3, 6) + word[spot + 1 :]


def slang(text: str, _random: Random) -> str:
    """As one types in a hurry."""
    return _replaced(text, dict(_SLANG))


def formal(text: str, _random: Random) -> str:
    """As one writes to an office."""
    return _replaced(text, {short: long for long, short in _SLANG})


def _replaced(text: str, by: dict[str, str]) -> str:
    return _WORD.sub(lambda m: by.get(m[0].lower(), m[0]), text)


def polite(text: str, random: Random) -> str:
    """A greeting before, thanks after."""
    return random.choice(_GREETINGS) + text + random.choice(_THANKS)


def shuffled(text: str, random: Random) -> str:
    """The sentences in another order."""
    sentences = [s.strip() for s in re.findall(r"[^.!?\n]+[.!?\n]*", text) if s.strip()]
    random.shuffle(sentences)
    return " ".join(s if s[-1] in ".!?" else s + "." for s in sentences)


EXACT: dict[str, Noise] = {"upper": upper, "capitals": capitals, "blanks": blanks, "marks": marks}
"""Noise that must not change anything."""
FREE: dict[str, Noise] = {
    "stretched": stretched,
    "slang": slang,
    "formal": formal,
    "polite": polite,
    "shuffled": shuffled,
}
"""Noise that may cost the decision its certainty, and nothing else."""
