"""What must stand in no log: who somebody is, what somebody wrote, what a letter says, and what opens a link."""

from __future__ import annotations
import re
from collections.abc import Iterable, Iterator

from tests.journeys.city import Mail

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
LINK = re.compile(r"https?://[^\s<>\"]+")
SECRET = 16
"""A part of a path this long is a key or a token; tickets are shorter."""
LINE = 20
"""From this length on a line of a letter says something."""


def addresses_in(log: str) -> list[str]:
    """Whatever looks like an e-mail address."""
    return ADDRESS.findall(log)


def secrets_of(mails: Iterable[Mail], *urls: str) -> set[str]:
    """The keys and tokens in every link of letters, in the addresses that take replies, and in these URLs."""
    links = [link for mail in mails for link in LINK.findall(mail.text)]
    parts = {part for link in (*links, *urls) for part in re.split(r"[/?=&]", link)}
    heads = " ".join(mail.headers.get(name, "") for mail in mails for name in ("reply-to", "return-path"))
    return {part for part in parts if len(part) >= SECRET and "." not in part[:9]} | _keys(heads)


def _keys(heads: str) -> set[str]:
    return {key for key in re.findall(r"\+([\w-]+)@", heads) if len(key) >= SECRET}


def lines_of_letters(mails: Iterable[Mail]) -> set[str]:
    """Every line of a letter that says something, and every subject."""
    return {line for mail in mails for line in _lines(mail) if len(line) >= LINE}


def _lines(mail: Mail) -> Iterator[str]:
    yield mail.subject
    yield from (line.strip() for line in mail.text.splitlines())


def words_typed(texts: Iterable[str]) -> set[str]:
    """Each word of five letters or digits or more that people typed."""
    return {word.casefold() for text in texts for word in re.findall(r"\w{5,}", text)}


def found_in(log: str, words: Iterable[str]) -> list[str]:
    """Those that the log holds, whatever their case."""
    folded = log.casefold()
    return sorted(word for word in words if word.casefold() in folded)
