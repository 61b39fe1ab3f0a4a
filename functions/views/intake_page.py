"""The form on which an operator writes down what came by a counter, a phone, WhatsApp, a letter or SP4N."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from functions.views.arrival_words import channels
from functions.views.context import Context
from functions.views.environment import render
from functions.views.form_page import LABELS, city_of, form_facts
from workflows.domain.calendar import local_day

ARRIVAL_LABELS = {
    "channel": "Lewat mana laporan ini sampai?",
    "received_date": "Tanggal",
    "received_time": "Jam",
    "received_at": "Tanggal dan jam",
    "external_ref": "Nomor rujukan",
    "lang": "Bahasa kabar untuk pelapor",
}
ALL_LABELS = ARRIVAL_LABELS | LABELS


def intake_page(ctx: Context, path: str, **shown: Any) -> str:
    """The citizen's form and what stands before it. path: where it is sent to; `shown` as in form_facts."""
    today = local_day(ctx.now)
    return render(
        "intake.html",
        "id",
        board=path.rpartition("/")[0],
        channels=channels(),
        today=today,
        earliest=today - timedelta(days=ctx.policy.intake_days),
        **form_facts(city_of(ctx), "id", path, ALL_LABELS, **shown),
    )
