"""How long personal data is kept by the policy, and when a finished complaint's next erasure is due."""

from __future__ import annotations
from datetime import timedelta
from typing import TYPE_CHECKING

from workflows.frozen import frozen

if TYPE_CHECKING:
    from workflows.domain.toml_table import Table


CONTACT, PHOTOS, WHOLE = "contact", "photos", "whole"
"""What an erasure takes: who wrote; the pictures; both and every word."""


@frozen
class Retention:
    """Months from a complaint's end on; `raw_mail`: for an incoming mail that belongs to no complaint."""

    contact_months: int
    photo_months: int
    raw_mail: timedelta


def read_retention(table: Table) -> Retention:
    """The policy's table `retention`; ValueError names the key that is wrong."""
    retention = Retention(
        contact_months=table.integer("contact_months", least=1),
        photo_months=table.integer("photo_months", least=1),
        raw_mail=timedelta(days=table.integer("raw_mail_days", least=1)),
    )
    table.finish()
    return retention
