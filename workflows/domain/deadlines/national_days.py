"""Public holidays and cuti bersama of Indonesia, a year at a time, as the shell hands them in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple


class NationalYear(NamedTuple):
    """days: the free days with their Indonesian names. leave: cuti bersama are known, and among them."""

    days: Mapping[date, str]
    leave: bool


NationalDays = Callable[[int], NationalYear]
"""The free days of a year; it is called more than once for the same year."""
