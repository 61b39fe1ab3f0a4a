"""Changed email addresses in words, for the check of a table and the letter to whoever read the old one."""

from __future__ import annotations

from collections.abc import Sequence

from workflows.domain.notifications.mailbox_check import FALLBACK, AddressChange

_BEHIND = "alamat cadangan "


def address_words(change: AddressChange) -> str:
    """`DLH: lama → baru`."""
    whose = f"{_BEHIND if change.field == FALLBACK else ''}{change.whose}"
    if change.field == FALLBACK and not (change.old and change.new):
        return f"{whose}: {change.old or 'belum ada'} → {change.new or 'dihapus'}"
    if not change.old:
        return f"{whose} (baru): {change.new}"
    if not change.new:
        return f"{whose} (dihapus): {change.old}"
    return f"{whose}: {change.old} → {change.new}"


def addresses_in_words(changes: Sequence[AddressChange]) -> list[str]:
    """One line a changed address under a head; nothing where none has changed."""
    return ["Alamat email yang berubah:", *(f"  {address_words(change)}" for change in changes)] if changes else []
