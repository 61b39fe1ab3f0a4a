"""A photo behind a link: whoever may open the page may look at it."""

from __future__ import annotations

from flask import Request, Response

from functions.edge.answers import photo
from functions.services import ports
from workflows.domain.complaint import Complaint
from workflows.errors import WrongMethod
from workflows.photos import read_photo

SMALL = "kecil"


def show_photo(request: Request, complaint: Complaint, number: str) -> Response:
    """The photo of that number, with ?kecil=1 its thumbnail; PageNotFound where the case has none such.

    WrongMethod for anything but looking: the function's pages take POST, a photo does not.
    """
    if request.method not in ("GET", "HEAD"):
        raise WrongMethod(("GET", "HEAD"))
    content, kind = read_photo(ports().photos, complaint, number, little=request.args.get(SMALL) == "1")
    return photo(content, kind, f"{complaint.ticket}-foto-{number}.jpg")
