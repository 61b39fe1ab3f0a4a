"""Whatever a citizen reads in Indonesian has its English twin, and no translation is a leftover."""

import ast
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
CATALOGUES = ROOT / "templates" / "locale" / "en" / "LC_MESSAGES"
FOLDERS = {"templates/pages": "pages", "templates/emails": "mails"}
DOMAINS = sorted(path.stem for path in CATALOGUES.glob("*.po"))


def catalogue(domain: str) -> Catalog:
    with (CATALOGUES / f"{domain}.po").open("rb") as file:
        return read_po(file, locale="en")


def domains_of(path: str) -> set[str]:
    """The rooms a source file takes its words from: its folder's, or those it hands to `translator`."""
    for folder, domain in FOLDERS.items():
        if path.startswith(folder):
            return {domain}
    named = set(_said(ast.parse((ROOT / path).read_text(encoding="utf-8"))))
    return named or {"words"}


def _said(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "translator":
            domain = node.args[1] if len(node.args) > 1 else ast.Constant("words")
            if isinstance(domain, ast.Constant):
                yield str(domain.value)


@cache
def originals() -> list[tuple[str, str]]:
    """Every sentence marked for translation, with the file it stands in."""
    with (ROOT / "templates" / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    found = extract_from_dir(str(ROOT), methods, options, directory_filter=_ours)
    return sorted({(path.replace("\\", "/"), str(message)) for path, _, message, _, _ in found})


def _ours(folder: str) -> bool:
    return not Path(folder).name.startswith(".")


ENGLISH = {domain: catalogue(domain) for domain in DOMAINS}


def test_pages_and_statuses_have_a_catalogue() -> None:
    assert {"pages", "words"} <= set(DOMAINS)


def test_every_sentence_is_translated() -> None:
    rooms = {path: [ENGLISH[name] for name in domains_of(path) if name in ENGLISH] for path, _ in originals()}
    missing = [(p, m) for p, m in originals() if not any(translated(room, m) for room in rooms[p])]
    assert missing == []


def translated(room: Catalog, message: str) -> bool:
    twin = room.get(message)
    return twin is not None and bool(twin.string) and not twin.fuzzy


@pytest.mark.parametrize("domain", DOMAINS)
def test_no_translation_is_a_leftover(domain: str) -> None:
    used = {message for _, message in originals()}
    assert [m.id for m in ENGLISH[domain] if m.id and m.id not in used] == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_a_translation_has_no_blank_that_its_original_does_not_fill(domain: str) -> None:
    for message in ENGLISH[domain]:
        if "{" in str(message.id):
            assert blanks(str(message.string)) <= blanks(str(message.id)), message.id


def blanks(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
