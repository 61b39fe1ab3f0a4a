"""What will go where, before anything does: the page between the board's form and its being carried out."""

from __future__ import annotations

from collections.abc import Sequence

from functions.views.assets import BOARD, page_file_url
from functions.views.board_rows import first_words, gone_words
from functions.views.context import Context
from functions.views.environment import render
from functions.views.standing import office
from functions.views.words import number
from workflows.desk.board import Row
from workflows.domain.actions.undo_window import HOLD


def preview_page(ctx: Context, rows: Sequence[Row]) -> str:
    """Every choice as it would be carried out now, and those that somebody else was faster with."""
    going = [row for row in rows if row.open]
    return render(
        "board_preview.html",
        "id",
        board_sheet=page_file_url(BOARD),
        number=number,
        going=[_row(ctx, row) for row in going],
        gone=[(row.complaint.ticket, gone_words(ctx, row)) for row in rows if not row.open],
        held=sum(not row.complaint.urgent for row in going),
        minutes=HOLD.seconds // 60,
    )


def _row(ctx: Context, row: Row) -> dict[str, object]:
    case = row.complaint
    return {
        "ticket": case.ticket,
        "field": row.choice.field,
        "to": row.choice.to,
        "office": office(ctx, row.choice.to, full=True),
        "text": first_words(case),
        "area": ctx.labels.area(case.kelurahan),
        "urgent": case.urgent,
        "quarantine": bool(case.quarantine),
    }
