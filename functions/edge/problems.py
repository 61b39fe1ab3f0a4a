"""One table: for each class of error the status a person gets, and what a push is answered."""

from __future__ import annotations

from workflows import errors as e
from workflows import failures as f

PERSON: dict[type[Exception], int] = {
    e.InvalidInput: 422,
    e.Forbidden: 403,
    e.LinkExpired: 410,
    e.ListExpired: 410,
    e.BoardExpired: 410,
    e.OutsideDeskNetworks: 403,
    e.LinkSuperseded: 410,
    e.ReportErased: 410,
    e.ActionNotPossible: 409,
    e.UndoOver: 409,
    e.TableNotChanged: 409,
    e.TooManyTries: 429,
    e.FormAlreadySent: 409,
    e.NumberTaken: 409,
    e.DraftChanged: 409,
    e.DataRequestChanged: 409,
    e.PageNotFound: 404,
    e.WrongMethod: 405,
    e.UnreadableBody: 400,
    e.BodyTooLarge: 413,
    f.StoreUnavailable: 503,
    f.StoreConflict: 503,
    f.BusUnavailable: 503,
    f.PhotosUnavailable: 503,
    f.MailDeferred: 503,
    f.BadMessage: 400,
    f.UnknownComplaint: 403,
    f.MailRefused: 500,
    f.DocumentExists: 503,
    f.DocumentMissing: 500,
    f.IndexMissing: 500,
    f.ReadAfterWrite: 500,
}
"""DocumentExists is two forms in the same instant: the next try finds the first."""

DONE, AGAIN = 204, 503
PUSH: dict[type[Exception], int] = {
    e.InvalidInput: DONE,
    e.Forbidden: DONE,
    e.LinkExpired: DONE,
    e.ListExpired: DONE,
    e.BoardExpired: DONE,
    e.OutsideDeskNetworks: DONE,
    e.LinkSuperseded: DONE,
    e.ReportErased: DONE,
    e.ActionNotPossible: DONE,
    e.UndoOver: DONE,
    e.DataRequestChanged: DONE,
    e.TableNotChanged: DONE,
    e.TooManyTries: DONE,
    e.FormAlreadySent: DONE,
    e.NumberTaken: DONE,
    e.DraftChanged: DONE,
    e.PageNotFound: DONE,
    e.WrongMethod: DONE,
    e.UnreadableBody: DONE,
    e.BodyTooLarge: DONE,
    f.StoreUnavailable: AGAIN,
    f.StoreConflict: AGAIN,
    f.BusUnavailable: AGAIN,
    f.PhotosUnavailable: AGAIN,
    f.MailDeferred: AGAIN,
    f.BadMessage: DONE,
    f.UnknownComplaint: DONE,
    f.MailRefused: DONE,
    f.DocumentExists: AGAIN,
    f.DocumentMissing: DONE,
    f.IndexMissing: 500,
    f.ReadAfterWrite: 500,
}
"""2xx: done, or never will be. 5xx: try again, and in the end a dead letter that somebody sees."""


def status_of(error: Exception, table: dict[type[Exception], int]) -> int:
    """The status of an error by its class, nearest first; 500 for what nobody foresaw."""
    if isinstance(error, e.UnreadableBody) and table is PERSON:
        return error.status
    return next((table[kind] for kind in type(error).__mro__ if kind in table), 500)
