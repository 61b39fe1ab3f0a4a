"""Every command that the documents name is there, with the options they give it."""

from __future__ import annotations
import argparse
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from cli.main import COMMANDS, Parser

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
SPANS = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
COMMAND = re.compile(r"(?<![\w-])laksa((?: [^·;|>&\n`]+)?)")
MAKE = re.compile(r"^(?:[A-Z_]+=\S+ )*make ([a-z-]+)", re.MULTILINE)
INCOMPLETE = re.compile(r"required|expected (?:one|at least one) argument|invalid choice: '[A-Z]+'")
"""Arguments that are left out, or a word that stands for one of several."""
LEFT_OUT_WORDS = re.compile(r"[\[\]…]")
"""An option that may be left out, and “and so on”."""
PROCEDURES = {
    "Send dead letters again": {"laksa stuck", "laksa replay"},
    "Take a wrong routing table back": {"laksa routing rollback", "laksa routing show", "laksa routing import"},
    "Restore the database": {"laksa erase --replay", "gcloud firestore databases restore", "terraform apply"},
    "Rotate the keys of links": {"LAKSA_KEYS=NEW,OLD"},
    "A leak of personal data": {"3×24 hours", "laksa case TICKET", "breach-letters.md"},
    "Put the release before back": {"terraform apply"},
}


class Refused(Exception):
    """What the parser says of a command."""


class Strict(Parser):
    """The command line's own parser, which raises instead of ending the process."""

    def error(self, message: str) -> NoReturn:
        raise Refused(message)


def documented() -> Iterator[tuple[str, str]]:
    """Page and words of each command in code spans and blocks, without what the shell does with it."""
    for page in PAGES:
        for span in SPANS.findall(page.read_text("utf-8")):
            for words in COMMAND.findall(span):
                if re.match(r" [a-z]", words):
                    yield str(page.relative_to(ROOT)), words.partition(" #")[0].strip()


CASES = sorted(set(documented()))


def parser() -> Strict:
    made = Strict(prog="laksa")
    subparsers = made.add_subparsers(dest="command", required=True)
    for add_command in COMMANDS:
        add_command(subparsers)
    return made


def refusal(words: str) -> str:
    """Why the command line would not take it; empty where it does, or where only its arguments are left out."""
    try:
        parser().parse_args(shlex.split(LEFT_OUT_WORDS.sub("", words)))
    except Refused as refused:
        return "" if INCOMPLETE.search(str(refused)) else str(refused)
    return ""


@pytest.mark.parametrize(("page", "words"), CASES, ids=[f"{page}: {words}" for page, words in CASES])
def test_a_command_is_there_with_its_options(page: str, words: str) -> None:
    assert refusal(words) == "", f"{page}: laksa {words}"


@pytest.mark.parametrize(
    "words", ["replay --again", "erase --forget X", "undo", "routing undo", "export --all F --keys", "case A B"]
)
def test_what_is_not_there_would_be_told(words: str) -> None:
    assert refusal(words)


def test_the_documents_name_every_command() -> None:
    known = next(action for action in parser()._actions if isinstance(action, argparse._SubParsersAction)).choices
    assert {words.split()[0] for _, words in CASES} == set(known)


def test_every_target_of_make_that_is_named_is_there() -> None:
    there = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    spans = (span.strip("`").strip() for page in PAGES for span in SPANS.findall(page.read_text("utf-8")))
    assert {target for span in spans for target in MAKE.findall(span)} <= there


@pytest.mark.parametrize("name", PROCEDURES)
def test_the_runbook_says_how_with_its_commands(name: str) -> None:
    text = (ROOT / "docs" / "runbook.md").read_text("utf-8")
    _, heading, rest = text.partition(f"**{name}:**")
    section = re.split(r"\n\*\*[A-Z]|\n## ", rest)[0]
    assert heading and [part for part in PROCEDURES[name] if part not in section] == []
