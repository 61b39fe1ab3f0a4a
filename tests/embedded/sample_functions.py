"""A source file of functions for the host: the names of the topology, with answers that a test can tell."""

from __future__ import annotations
import json
import time
from pathlib import Path

from flask import Request, Response

from functions.app.container import container
from workflows.ports import Mail

OURS = "Halaman ini tidak ada (dari fungsi)"
LIMIT = 32 << 20


def complaint_form(request: Request) -> Response:
    if request.path not in ("/", "/style.css", "/favicon.svg"):
        return Response(OURS, 404)
    if request.args.get("fall"):
        raise RuntimeError("secret text of a citizen")
    if seconds := float(request.args.get("seconds", 0)):
        (container().settings.data / "entered").touch()
        time.sleep(seconds)
    if (request.content_length or 0) > LIMIT:
        return Response("terlalu besar (dari fungsi)", 413)
    return Response(f"formulir {request.path}")


def complaint_page(request: Request) -> Response:
    return Response(f"laporan {request.path} dari {request.headers.get('X-Forwarded-For', 'langsung')}")


def case_page(request: Request) -> Response:
    return Response(f"kasus {request.path}")


def desk_page(request: Request) -> Response:
    return Response(f"meja {request.path}")


def health(request: Request) -> Response:
    return Response(json.dumps({"status": "ok"}), content_type="application/json")


def route_complaint(request: Request) -> Response:
    return _written(request)


def check_deadline(request: Request) -> Response:
    return _written(request)


def dead_letter(request: Request) -> Response:
    return _written(request)


def send_notice(request: Request) -> Response:
    link = f"{container().settings.url}/opd/t0ken"
    text = f"Yth. petugas,\n\n{link}\n\nTautan warga: http://evil.example/klik"
    html = f'<html><head></head><body><a href="{link}">Buka</a></body></html>'
    to, id = "dishub@opd.example", f"{time.time_ns()}@laksa.example"
    container().mailer.send(Mail(to=to, subject="Laporan baru & “penting”", text=text, html=html, message_id=id))
    return Response("", 204)


def sweep(request: Request) -> Response:
    return _ticked("sweep")


def morning_digest(request: Request) -> Response:
    container().bus.publish("notice-due", {"notice": "digest"})
    return _ticked("morning_digest")


def _ticked(name: str) -> Response:
    with Path(container().settings.data, "ticks.txt").open("a") as ticks:
        ticks.write(f"{name} {container().clock.now().isoformat()}\n")
    return Response("", 204)


def _written(request: Request) -> Response:
    with Path(container().settings.data, "pushes.txt").open("a") as pushes:
        pushes.write(f"{request.get_data(as_text=True)}\n")
    return Response("", 204)
