"""One table: for each class of error the status a person gets, and what a push is answered."""

from __future__ import annotations

from workflows import errors as e

PERSON: dict[type[Exception], int] = {
    e.InvalidInput: 422,
    e.Forbidden: 403,
    e.LinkExpired: 410,
    e.ListExpired: 410,
    e.BoardExpired: 410,
    e.LinkSuperseded: 410,
    e.ReportErased: 410,
    e.ActionNotPossible: 409,
    e.UndoOver: 409,
    e.FormAlreadySent: 409,
    e.DraftChanged: 409,
    e.PageNotFound: 404,
    e.WrongMethod: 405,
    e.UnreadableBody: 400,
    e.BodyTooLarge: 413,
    e.StoreUnavailable: 503,
    e.StoreConflict: 503,
    e.BusUnavailable: 503,
    e.PhotosUnavailable: 503,
    e.MailDeferred: 503,
    e.BadMessage: 400,
    e.UnknownComplaint: 403,
    e.MailRefused: 500,
    e.DocumentExists: 503,
    e.DocumentMissing: 500,
    e.IndexMissing: 500,
    e.ReadAfterWrite: 500,
}
"""DocumentExists is two forms in the same instant: the next try finds the first."""

DONE, AGAIN = 204, 503
PUSH: dict[type[Exception], int] = {
    e.InvalidInput: DONE,
    e.Forbidden: DONE,
    e.LinkExpired: DONE,
    e.ListExpired: DONE,
    e.BoardExpired: DONE,
    e.LinkSuperseded: DONE,
    e.ReportErased: DONE,
    e.ActionNotPossible: DONE,
    e.UndoOver: DONE,
    e.FormAlreadySent: DONE,
    e.DraftChanged: DONE,
    e.PageNotFound: DONE,
    e.WrongMethod: DONE,
    e.UnreadableBody: DONE,
    e.BodyTooLarge: DONE,
    e.StoreUnavailable: AGAIN,
    e.StoreConflict: AGAIN,
    e.BusUnavailable: AGAIN,
    e.PhotosUnavailable: AGAIN,
    e.MailDeferred: AGAIN,
    e.BadMessage: DONE,
    e.UnknownComplaint: DONE,
    e.MailRefused: DONE,
    e.DocumentExists: AGAIN,
    e.DocumentMissing: DONE,
    e.IndexMissing: 500,
    e.ReadAfterWrite: 500,
}
"""2xx: done, or never will be. 5xx: try again, and in the end a dead letter that somebody sees."""


def status_of(error: Exception, table: dict[type[Exception], int]) -> int:
    """The status of an error by its class, nearest first; 500 for what nobody foresaw."""
    if isinstance(error, e.UnreadableBody) and table is PERSON:
        return error.status
    return next((table[kind] for kind in type(error).__mro__ if kind in table), 500)
