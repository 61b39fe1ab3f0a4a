"""The page of the routing table: which is in force, its files, a form for others; and the same for machines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from functions.tables.download import ALL, DOWNLOAD
from functions.tables.state import TableState, for_machines
from functions.views.assets import BOARD, page_file_url
from functions.views.case_json import Shape
from functions.views.context import Context
from functions.views.environment import render
from functions.views.field_errors import error_sentence
from functions.views.filling import capital
from functions.views.table_words import PURPOSES, WAYS, not_changed, table_name
from functions.views.words import full_moment, iso, number
from workflows.errors import InvalidInput, TableNotChanged

MOST_BEFORE = 10


def table_page(
    ctx: Context, state: TableState, path: str, *, error: InvalidInput | TableNotChanged | None = None
) -> str:
    """The page at that path; error: why what was asked for was not done."""
    held = state.held
    return below_board(
        "table.html",
        path,
        wrong=_sentences(error),
        name=capital(table_name(held.version)),
        came=_came(state, held.version),
        since=full_moment(held.since, "id") if held.since else "",
        version=held.version,
        previous=held.before[-1] if held.before else "",
        previous_name=table_name(held.before[-1]) if held.before else "",
        before=[(capital(table_name(v)), _came(state, v)) for v in _before(state)],
        files=list(_files(state)),
        all_files=query_of(ALL),
    )


def table_json(ctx: Context, state: TableState, path: str) -> Shape:
    """Which is in force and which were before, as `laksa routing show --json` says it, and where its files are."""
    told: dict[str, Any] = for_machines(state)
    told["since"] = iso(told["since"])
    for version in told["imported"]:
        version["made_at"] = iso(version["made_at"])
    files = [{"name": f["name"], "rows": f["rows"], "url": ctx.url + path + f["query"]} for f in _files(state)]
    return told | {"files": files, "all": ctx.url + path + query_of(ALL)}


def query_of(wanted: str) -> str:
    """What asks this page for one of its files."""
    return f"?{DOWNLOAD}={wanted}"


def below_board(template: str, path: str, **facts: Any) -> str:
    """A page at that path, with its way back to the board."""
    return render(
        template, "id", board_sheet=page_file_url(BOARD), path=path, board=board_of(path), number=number, **facts
    )


def board_of(path: str) -> str:
    """Where the board is that a page below it leads back to."""
    return path.rpartition("/")[0]


def _sentences(error: InvalidInput | TableNotChanged | None) -> list[str]:
    if error is None:
        return []
    if isinstance(error, TableNotChanged):
        return [f"{capital(not_changed(error))}."]
    return [error_sentence(field, "id", office=True) for field in error.errors]


def _before(state: TableState) -> list[str]:
    return list(reversed(state.held.before))[:MOST_BEFORE]


def _came(state: TableState, version: str) -> str:
    """When and by which way it came, and what it changed."""
    upload = state.upload_of(version)
    if upload is None:
        return ""
    way = f" lewat {WAYS[upload.by]}" if upload.by in WAYS else ""
    changed = f": {', '.join(upload.changed)}" if upload.changed else ""
    return f"Diunggah {full_moment(upload.made_at, 'id')}{way}{changed}"


def _files(state: TableState) -> Iterator[dict[str, Any]]:
    for name, purpose in PURPOSES.items():
        rows = state.texts[name].count("\n") - 1
        yield {"name": name, "purpose": capital(purpose), "rows": rows, "query": query_of(name)}
