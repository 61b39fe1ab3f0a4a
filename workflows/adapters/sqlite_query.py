"""Queries of the port as SQL over the table of documents."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

from workflows.adapters.document_json import NULL, sort_key
from workflows.adapters.document_values import plain

if TYPE_CHECKING:
    from workflows.ports import Query

_PLAIN_NAME = r"[a-z_]+"

Terms = list[tuple[str, tuple[Any, ...]]]
"""Conditions, each with the parameters of its question marks."""


def field_sql(field: str) -> str:
    """The expression whose value sort_key foretells; indexes must spell it the same way."""
    return f"json_extract(body, '$.{field}')"


def select_sql(query: Query) -> tuple[str, list[Any]]:
    """SELECT of id and body, in the query's order."""
    where, parameters = _where(query)
    direction = " DESC" if query.descending else ""
    order = ", ".join(f"{column}{direction}" for column in _ordered_columns(query))
    sql = f"SELECT id, body FROM documents WHERE {where} ORDER BY {order} LIMIT ?"
    return sql, [*parameters, query.limit]


def count_sql(query: Query) -> tuple[str, list[Any]]:
    """SELECT of the number of all that match, whatever the limit."""
    where, parameters = _where(query)
    return f"SELECT count(*) FROM documents WHERE {where}", parameters


def _where(query: Query) -> tuple[str, list[Any]]:
    terms = [_in_collection(query.collection)]
    for field, operator, value in query.where:
        terms += _compared(field_sql(field), operator, sort_key(plain(value)))
    if query.order_by:
        # Partial indexes want the first term; only the second, which says the same, lets SQLite seek.
        column = field_sql(query.order_by)
        terms += [(f"{column} IS NOT NULL", ()), (f"{column} >= ?", (NULL,))]
    terms += _after(query)
    return " AND ".join(sql for sql, _ in terms), [value for _, values in terms for value in values]


def _in_collection(collection: str) -> tuple[str, tuple[Any, ...]]:
    # A partial index is used only when the SQL itself, not a parameter, names its collection.
    if re.fullmatch(_PLAIN_NAME, collection):
        return f"collection = '{collection}'", ()
    return "collection = ?", (collection,)


def _compared(column: str, operator: str, key: int | float | str) -> Terms:
    if operator == "==":
        return [(f"{column} = ?", (key,))]
    # A range holds values of its own type only; the types follow each other, so it needs its other end too.
    lowest, beyond = (key[0], chr(ord(key[0]) + 1)) if isinstance(key, str) else (-sys.float_info.max, "")
    other_end = (f"{column} >= ?", (lowest,)) if operator in ("<", "<=") else (f"{column} < ?", (beyond,))
    return [(f"{column} {operator} ?", (key,)), other_end]


def _after(query: Query) -> Terms:
    if query.after is None:
        return []
    value, id = query.after
    sign = "<" if query.descending else ">"
    if not query.order_by:
        return [(f"id {sign} ?", (id,))]
    column, key = field_sql(query.order_by), sort_key(plain(value))
    # The second term follows from the first, but only it lets SQLite seek in the index.
    return [(f"({column}, id) {sign} (?, ?)", (key, id)), (f"{column} {sign}= ?", (key,))]


def _ordered_columns(query: Query) -> list[str]:
    return [field_sql(query.order_by), "id"] if query.order_by else ["id"]
