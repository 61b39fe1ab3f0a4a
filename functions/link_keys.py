"""The keys that sign links, as a setting names them."""

from __future__ import annotations


def read_keys(typed: str) -> tuple[str, ...]:
    """Each key of a list with commas, newest first, without the spaces around it; () where nothing was typed.

    ValueError for one that is too short, by its place: a key is never printed.
    """
    if not typed.strip():
        return ()
    from workflows.adapters.signed_links import MIN_KEY_LENGTH

    keys = tuple(key.strip() for key in typed.split(","))
    short = [place for place, key in enumerate(keys, start=1) if len(key) < MIN_KEY_LENGTH]
    if short:
        raise ValueError(f"key {short[0]} of {len(keys)} has fewer than {MIN_KEY_LENGTH} characters")
    return keys
