"""Every place of a running Laksa where words can be read, looked at one after another and searched for people.

A place is added with `look` (a page), `command`, `add` (any text) or `mails`; what was never looked at is told by
`unseen_pages`, `unseen_commands` and `unseen_mails`, from topology, command line and templates.
"""

from __future__ import annotations
import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests

from cli.main import COMMANDS
from infra.topology import read_topology
from tests.journeys.city import ROOT, City, Mail

TEMPLATES = ROOT / "templates" / "emails"
JSON = {"Accept": "application/json"}
_LISTS = {"": "new_cases", "R": "reminders", "O": "overdues", "A": "also_heads", "H": "head_cases"}


@dataclass(frozen=True)
class Person:
    """Somebody whose name, address, number and key nobody else may read."""

    name: str
    email: str
    phone: str

    def words(self, key: str) -> list[str]:
        """By which the person is known, in small letters; a number by its digits."""
        local, _, domain = self.email.casefold().partition("@")
        return [*self.name.casefold().split(), local, domain.split(".")[0], key.casefold()]

    def found_in(self, text: str, key: str) -> list[str]:
        """Which of these a text holds."""
        folded = text.casefold()
        found = [word for word in self.words(key) if word and word in folded]
        digits = self.phone.lstrip("0")
        return found + ([self.phone] if digits in re.sub(r"(?<=\d)[ .\-]+(?=\d)", "", text) else [])


@dataclass
class Looked:
    """Places by name, with what stands there; `own` names those that are a person's own."""

    city: City
    places: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    patterns: set[str] = field(default_factory=set)
    templates: set[str] = field(default_factory=set)
    commands: set[str] = field(default_factory=set)

    def look(self, name: str, url: str, sent: dict[str, str] | None = None) -> str:
        """A page and its JSON, or the answer to a form; returns the page."""
        self.patterns.add(_pattern(urlsplit(url).path))
        page = self._keep(name, url, sent, {"Accept": "text/html"})
        self._keep(f"{name} (JSON)", url, sent, JSON)
        return page.text

    def _keep(self, name: str, url: str, sent: dict[str, str] | None, headers: dict[str, str]) -> requests.Response:
        method = "GET" if sent is None else "POST"
        answer = self.city.http.request(method, url, data=sent, headers=headers, allow_redirects=False)
        heads = "\n".join(f"{key}: {value}" for key, value in answer.headers.items())
        text = answer.text if not answer.headers.get("Content-Type", "").startswith("image/") else ""
        self.add(name, f"{heads}\n{text}\n{answer.content.decode('latin-1') if not text else ''}")
        self.statuses[name] = answer.status_code
        return answer

    def add(self, name: str, text: str) -> None:
        """Anything else that can be read."""
        base, n = name, 2
        while name in self.places:
            name, n = f"{base} #{n}", n + 1
        self.places[name] = text

    def mails(self) -> None:
        """Every mail that was sent, by its receiver and template."""
        for mail in self.city.mails():
            template = template_of(mail)
            self.templates.add(template)
            heads = "\n".join(f"{name}: {value}" for name, value in mail.headers.items())
            self.add(f"mail {template} to {mail.to}", "\n".join((heads, mail.subject, mail.text, mail.html)))

    def run(self, *each: Sequence[str]) -> None:
        """What commands print, and write where their last word is a file."""
        for words, done in zip(each, self.city.commands(*each), strict=True):
            self.commands.add(words[0])
            assert done.returncode in (0, 1), done.stderr
            name = " ".join(("laksa", *(word for word in words[:2] if not word.startswith("LKS-"))))
            file = next((Path(word) for word in words if word.endswith(".csv")), None)
            self.add(name, done.stdout + done.stderr + (file.read_text("utf-8") if file else ""))

    def unseen_pages(self, left_out: set[str]) -> set[str]:
        """Paths of the topology that nobody looked at."""
        paths = {path for function in read_topology().functions for path in function.http}
        return paths - self.patterns - left_out

    def unseen_commands(self, left_out: set[str]) -> set[str]:
        """Commands of `laksa` that nobody ran."""
        subparsers: Any = argparse.ArgumentParser().add_subparsers()
        for add_command in COMMANDS:
            add_command(subparsers)
        return set(subparsers.choices) - self.commands - left_out

    def unseen_mails(self, left_out: set[str]) -> set[str]:
        """Mails that were never sent."""
        return known_templates() - self.templates - left_out


def _pattern(path: str) -> str:
    """The path of the topology that answers; the one with fewest blanks, as the first match is."""
    patterns = [pattern for function in read_topology().functions for pattern in function.http]
    found = [p for p in patterns if re.fullmatch(re.sub(r"<[^>]+>", "[^/]+", p), path)]
    return min(found, key=lambda pattern: pattern.count("<"), default="")


def template_of(mail: Mail) -> str:
    """Which template a mail was made from, by its id and what its words tell."""
    id = mail.message_id.strip("<>").partition("@")[0]
    if not id.startswith("LKS-"):
        return _overview(id, mail.to)
    template, role = id.split(".")[2:4]
    if template not in known_templates():
        return "followed"
    reader = "citizen" if role == "citizen" else "office"
    if mail.subject.endswith(("ada kabar tentang laporan Anda", "laporan ini sudah berubah keadaannya")):
        return f"moved_on_{reader}"
    hidden = "terbatas" in mail.subject or mail.subject.endswith("ada kabar untuk Anda")
    return f"restricted_{reader}" if hidden else template


def _overview(id: str, to: str) -> str:
    kind, *rest = id.split(".")
    if kind == "list":
        return _LISTS[rest[-1].lstrip("0123456789")]
    if kind != "digest":
        return {
            "table": "daily_table",
            "mailbox": "mailbox_check",
            "address": "address_changed",
            "board": "board_link",
        }.get(kind, kind)
    return "desk_digest" if to.startswith("meja@") else kind


def known_templates() -> set[str]:
    """Every mail there is."""
    return {path.stem for path in TEMPLATES.glob("[a-z]*.jinja")}
