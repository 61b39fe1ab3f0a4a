"""Each field of a complaint holds a word of its own, and no page, mail or export shows one that it may not show.

A new field takes part by itself: it is found from the classes and filled by its type.
"""

from __future__ import annotations
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cli.main import main
from functions.app.container import container
from functions.case_list import case_list
from functions.case_page import case_page
from functions.complaint_page import complaint_page
from functions.desk_board import desk_board
from functions.desk_page import desk_page
from functions.views.citizen.similar_page import similar_page
from functions.web.factories import _render, context
from tests.builders import MONDAY, PARENT, TICKET, complaint, held
from tests.functions.requests import ask, get, token
from tests.views.mail_cases import Letter, letters
from tests.views.world import BACK
from tests.workflows.world import World
from workflows.collection_names import COMPLAINTS
from workflows.domain.access import Audience, all_seen_by, audience_of, declared, visible_fields
from workflows.domain.complaint.model import Complaint, State, from_document, to_document
from workflows.domain.complaint.transition import DEPARTMENT, EventName, TimelineEvent
from workflows.domain.documents import read_record, stored_fields
from workflows.domain.notifications.notice import Notice
from workflows.unit_of_work import timeline_of

CODES = frozenset(
    {
        *("ticket", "state", "kind", "category", "kelurahan", "visibility", "lang", "parent", "outcome"),
        *("closed_as", "arrival.channel", "external_to", "assignment.opd", "assignment.kind", "photos.by"),
        *("photos.name", "returned_by", "rungs", "decision", "quarantine"),
        *("table", "questionnaire", "event", "by", "opd"),
    }
)
"""Fields whose values others look things up by, and those that are filled by hand below."""
FILLED = frozenset({"draft", "recall", "past_hands", "extra"})
"""Records that are filled by hand below, or hold no words."""
KEPT_TYPES = ("bool", "datetime", "dict[str, datetime]", "int", "tuple[int, ...]")
"""What a field with a row holds of these keeps its value: a page is full of such numbers and days."""
OF_NEW_FIELDS: dict[str, Any] = {"int": 7171717, "datetime": datetime(2077, 7, 7, tzinfo=UTC), "float": 1.234567}
"""What a field without a row holds of these types."""
JSON = {"Accept": "application/json"}
DECISION: dict[str, Any] = {
    "opd": "DLH",
    "why": [f"kata: {'decision.why'.replace('.', '')}kenari"],
    "top": [{"opd": "DLH", "score": 0.61}, {"opd": "PUPR", "score": 0.31}],
    "because": [{"opd": "PUPR", "why": ["decisionbecausekenari"]}],
}
DRAFT: dict[str, Any] = {
    **{"text": "draftkenari", "outcome": "done", "unit": "", "sequence": 3, "photos": [], "opd": "DLH"},
    **{"at": MONDAY, "officer": "draftkenari", "by": "unit"},
}


def canary(name: str) -> str:
    """A word that stands nowhere else."""
    return f"{name.replace('.', '').replace('_', '')}kenari"


def filled(words: str, name: str, value: Any) -> Any:
    """A value of a field of that type by which the field is known; the same value where there is none."""
    if words in ("str", "tuple[str, ...]"):
        return canary(name) if words == "str" else [canary(name)]
    if words.startswith("dict[str, Any"):
        return {"any": canary(name)}
    return OF_NEW_FIELDS.get(words, value) if name not in declared("complaint") else value


NUMBERS = {"latitude": -6.171717, "longitude": 106.616161}


def with_canaries(base: Complaint) -> Complaint:
    """The complaint with a word of its own in each field, so far as nothing is looked up by it."""
    document: dict[str, Any] = to_document(base)
    for name, words in stored_fields(Complaint).items():
        top, _, inner = name.partition(".")
        if name in CODES or top in FILLED or (words in KEPT_TYPES and name in declared("complaint")):
            continue
        if not inner:
            document[top] = filled(words, name, document.get(top))
            continue
        for record in document[top] if isinstance(document[top], list) else [document[top] or {}]:
            record[inner] = filled(words, name, record.get(inner))
    return from_document(document | NUMBERS | {"decision": DECISION, "draft": DRAFT, "reason": canary("reason")})


def timeline(base: Complaint) -> list[TimelineEvent]:
    """An event of some kinds, with a word in each field of its class."""
    kinds = (EventName.RECEIVED, EventName.ASSIGNED, EventName.PROGRESS, EventName.DRAFTED, EventName.ANSWERED)
    made = []
    for number, kind in enumerate(kinds, 1):
        document = TimelineEvent(kind, DEPARTMENT, opd=base.opd or "", sequence=number, at=MONDAY).to_document()
        for name, words in stored_fields(TimelineEvent).items():
            if name not in CODES and words not in KEPT_TYPES:
                document[name] = filled(words, f"event.{name}", document.get(name))
        made.append(read_record(TimelineEvent, document))
    return made


KINDS: dict[str, dict[str, Any]] = {
    "ordinary": {},
    "restricted": {"restricted": True},
    "anonymous": {"visibility": "anonymous"},
    "public": {"visibility": "public"},
}


def of_kind(kind: str, **fields: Any) -> Complaint:
    """A complaint of that kind at a department that has not accepted it in time, full of canaries."""
    given = held("DLH", ack_missed=True, unit="DLH-TPA", unit_key=3)
    return with_canaries(complaint(State.ASSIGNED, kelurahan="36.71.01.1005", assignment=given, **KINDS[kind] | fields))


def store(laksa: World, *complaints: Complaint) -> None:
    """As they are, with a timeline each."""
    for each in complaints:
        document, lines = to_document(each), [line.to_document() for line in timeline(each)]

        def work(transaction: Any, ticket: str = each.ticket, doc: Any = document, lines: Any = lines) -> None:
            transaction.set(COMPLAINTS, ticket, doc)
            for line in lines:
                transaction.set(timeline_of(ticket), f"{line['sequence']:06d}", line)

        laksa.store.transact(work)


def leaks(page: str, case: Complaint, audience: Audience) -> list[str]:
    """The canaries on a page of that audience that the declaration does not allow there."""
    shown = visible_fields(case, audience)
    words = {canary(name): name in shown for name in stored_fields(Complaint)}
    words |= {canary(f"decision.{name}"): f"decision.{name}" in shown for name in ("why", "because")}
    words |= {f"{value:.6f}": name in shown for name, value in NUMBERS.items()}
    words |= {"7171717": False, "2077": False, "1.234567": False}
    events = visible_fields(case, audience, "event")
    words |= {canary(f"event.{name}"): name in events for name in stored_fields(TimelineEvent)}
    return [word for word, allowed in words.items() if word in page and not allowed]


def both(function: Any, path: str) -> Iterator[str]:
    """A page and its JSON, of whatever status."""
    for headers in ({}, JSON):
        answer = ask(function, get(path, **headers))
        assert answer.status_code < 500, path
        yield answer.get_data(as_text=True)


def pages(laksa: World, ticket: str = TICKET) -> Iterator[tuple[Audience, str]]:
    """Each page that one complaint has, as HTML and JSON, by who reads it; old links, too."""
    links = container().links
    for text in both(complaint_page, f"/laporan/{ticket}/{links.citizen_key(ticket, 1)}"):
        yield Audience.REPORTER, text
    for role, assignment_no in (("department", 1), ("head", 1), ("unit", 3)):
        for text in both(case_page, f"/opd/{token(role, assignment_no)}"):
            yield audience_of(role), text
    for text in both(desk_page, f"/meja/{token('desk')}"):
        yield Audience.DESK, text
    for text in both(case_list, f"/kasus/{links.list_token('DLH', laksa.clock.now() + timedelta(hours=1))}"):
        yield Audience.DEPARTMENT, text
    for text in both(desk_board, f"/papan/{links.board_token(laksa.clock.now() + timedelta(hours=1))}"):
        yield Audience.DESK, text
    for path in (f"/opd/{token('department', 9)}", f"/opd/{token('unit', 9)}", f"/opd/{token(days=-1)}"):
        for text in both(case_page, path):
            yield Audience.FORMER, text


def letters_of_each_kind() -> list[Letter]:
    """The first of each kind and reader."""
    found: dict[tuple[str, str, bool], Letter] = {}
    for letter in letters():
        found.setdefault((letter.notice.template, letter.notice.role, bool(letter.notice.follower)), letter)
    return list(found.values())


@pytest.mark.parametrize("at_desk", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_no_page_shows_a_field_that_its_reader_may_not_see(laksa: World, kind: str, at_desk: bool) -> None:
    waiting = {"state": State.AT_DESK, "assignment": None, "desk_since": MONDAY, "desk_by": MONDAY} if at_desk else {}
    case = of_kind(kind).evolve(**waiting)
    store(laksa, case)
    read = list(pages(laksa))
    assert not [(audience, leak) for audience, page in read for leak in leaks(page, case, audience)]
    other = ("text", Audience.DESK) if at_desk else ("draft", Audience.UNIT)
    for word, audience in (("text", Audience.REPORTER), other):
        assert any(canary(word) in page for reader, page in read if reader == audience), "the looking does not work"


@pytest.mark.parametrize("kind", KINDS)
def test_a_follower_and_a_stranger_see_what_is_public(laksa: World, kind: str) -> None:
    lead, mine = of_kind(kind, ticket=PARENT), complaint(State.MERGED, visibility="public")
    store(laksa, lead)
    laksa.put(mine)
    for page in both(complaint_page, f"/laporan/{TICKET}/{container().links.citizen_key(TICKET, 1)}"):
        assert not leaks(page, lead, Audience.FOLLOWER)
    similar = similar_page(context(), "id", all_seen_by([lead], Audience.PUBLIC), BACK)
    assert not leaks(similar, lead, Audience.PUBLIC)


STRANGE: tuple[dict[str, Any], ...] = (
    *({"state": "at_the_ombudsman"}, {"visibility": "offices_only"}, {"table": "governor"}, {"lang": "su"}),
    *({"category": "new_category"}, {"closed_as": "settled"}, {"outcome": "partly"}, {"reason": "elsewhere"}),
    *({"opd": "NEW-DINAS"}, {"assignment": {"kind": "task_force"}}, {"assignment": {"opd": "NEW-DINAS"}}),
)


@pytest.mark.parametrize("state", [State.ASSIGNED, State.ANSWERED, State.CLOSED])
@pytest.mark.parametrize("strange", STRANGE, ids=str)
def test_every_page_opens_with_a_value_that_only_a_newer_release_knows(
    laksa: World, strange: dict[str, Any], state: State
) -> None:
    case = complaint(state, assignment=held("DLH", unit="DLH-TPA", unit_key=3), answered_at=MONDAY)
    document = to_document(case)
    document |= strange | {"assignment": document["assignment"] | strange.get("assignment", {})}
    laksa.store.transact(lambda tx: tx.set(COMPLAINTS, TICKET, document))
    assert len(list(pages(laksa))) == 20  # each without an error of the server


@pytest.mark.parametrize("kind", KINDS)
def test_no_mail_tells_a_field_that_its_reader_may_not_see(laksa: World, kind: str) -> None:
    for letter in letters_of_each_kind():
        facts, case = letter.notice, with_canaries(letter.case.complaint.evolve(**KINDS[kind]))
        reader = audience_of(facts.role, facts.follower)
        about = case.ticket if facts.follower else ""
        notice = Notice("n", case.ticket, facts.sequence, facts.template, facts.role, to=facts.to, about=about)
        mail = _render(case, letter.case.timeline, notice, facts.link)
        assert not leaks(mail.subject + mail.text + mail.html, case, reader), (facts.template, reader)


@pytest.mark.parametrize("kind", KINDS)
def test_no_export_tells_a_field_that_its_reader_may_not_see(
    laksa: World, kind: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    case = of_kind(kind)
    store(laksa, case)
    laksa.put_reporter()
    assert main(["export"]) == main(["export", "--json"]) == 0
    assert not leaks(capsys.readouterr().out, case, Audience.EXPORT)
    assert main(["export", "--subject", TICKET]) == 0
    assert not leaks(capsys.readouterr().out, case, Audience.REPORTER)
    assert main(["export", "--training", str(tmp_path / "corrections.csv"), "--restricted"]) == 0
    assert not leaks((tmp_path / "corrections.csv").read_text(encoding="utf-8"), case, Audience.TRAINING)
