"""Each notice kind has its row, template, English, words for the phone, and chapter in the tour."""

from __future__ import annotations
import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from functions.views.desk.phone_tasks import PHONE_WORDS
from tests.journeys.city import ROOT
from tests.journeys.leaks import known_templates
from tests.tools.tour.chapters import CHAPTERS, UNSENT
from tests.views.mail_cases import letters
from workflows.domain.complaint import transition
from workflows.domain.notifications.kinds import (
    BUNDLES,
    KINDS,
    OVERVIEWS,
    NoticeKind,
    NoticeName,
    UnknownNotice,
    require_kind,
)
from workflows.domain.notifications.notice import Notice
from workflows.mail.digests import _READ

FRAMES = {"followed", "moved_on_citizen", "moved_on_office", "restricted_citizen", "restricted_office"}
"""Templates that are no kind of their own: they stand in for another kind's."""
LISTS = {bundle.template for bundle in BUNDLES.values()}
EMAILS = ROOT / "templates" / "emails"
ENGLISH = (ROOT / "templates" / "locale" / "en" / "LC_MESSAGES" / "mails.po").read_text("utf-8")


def test_each_name_has_one_row() -> None:
    assert sorted(KINDS) == sorted(NoticeName)


def test_each_template_has_a_row_and_each_row_a_template() -> None:
    with_template = {str(kind.name) for kind in KINDS.values() if kind.own_template}
    assert known_templates() - FRAMES == with_template


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_nothing_of_a_kind_was_forgotten(kind: NoticeKind) -> None:
    missing = list(_missing(kind))
    assert not missing, "\n".join(missing)


def _missing(kind: NoticeKind) -> Iterator[str]:
    """What a new kind still lacks, each as a sentence that says where to put it."""
    followed = (EMAILS / "followed.jinja").read_text("utf-8")
    told = {name for chapter in CHAPTERS for name in chapter.mails} | set(UNSENT)
    if kind.own_template and kind.name not in told:
        yield f"no chapter of tests/tools/tour/chapters.py shows {kind.name}"
    if kind.own_template and kind.name not in {*OVERVIEWS, *LISTS, *_in_stories()}:
        yield f"no story of tests/views/mail_cases.py causes {kind.name}"
    if kind.to_citizen and kind.name not in PHONE_WORDS:
        yield f"functions/views/desk/phone_tasks.PHONE_WORDS has no words for {kind.name}"
    if kind.to_citizen and kind.own_template and not _is_translated(kind):
        yield f"mails.po has no English for {kind.name}"
    if (
        transition.FOLLOWERS in kind.roles
        and not kind.ends_following
        and f'"{kind.name}"' not in followed.replace("'", '"')
    ):
        yield f"templates/emails/followed.jinja has no headline for {kind.name}"
    if (kind.name in OVERVIEWS) != (kind.name in _READ):
        yield f"workflows/mail/digests reads nothing for {kind.name}"
    if kind.obsolete_when and kind.outlives:
        yield f"{kind.name} has two rules for when it is obsolete"


@cache
def _in_stories() -> set[str]:
    return {letter.notice.template for letter in letters()}


def _is_translated(kind: NoticeKind) -> bool:
    template = (EMAILS / f"{kind.name}.jinja").read_text("utf-8")
    originals = re.findall(r'_\("((?:[^"\\]|\\.)*)"\)', template)
    return bool(originals) and all(words in ENGLISH.replace('"\n"', "") for words in originals)


def test_a_notice_without_a_row_is_not_written() -> None:
    with pytest.raises(UnknownNotice):
        require_kind(Notice("LKS-1.1.from_tomorrow.citizen", "LKS-1", 1, "from_tomorrow", "citizen"))


def test_each_notice_goes_to_a_role_of_its_kind() -> None:
    found = [request for path in sorted((ROOT / "workflows").rglob("*.py")) for request in _requests(path)]
    assert len(found) > 30
    assert [(name, role) for name, role in found if role not in KINDS[name].roles] == []


def _requests(path: Path) -> Iterator[tuple[str, str]]:
    """Name and role of each NoticeRequest in a module that names both literally."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not (isinstance(node, ast.Call) and ast.unparse(node.func) == "NoticeRequest" and len(node.args) > 1):
            continue
        name, role = node.args[0], ast.unparse(node.args[1])
        if isinstance(name, ast.Constant) and isinstance(name.value, str) and role.isupper():
            yield name.value, getattr(transition, role)
        elif isinstance(name, ast.Attribute) and role.isupper():
            yield NoticeName[name.attr], getattr(transition, role)
