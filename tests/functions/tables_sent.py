"""The desk's page of the routing table, asked as a browser or a script asks it."""

from __future__ import annotations
import io
import json
import re
from typing import Any

from flask import Request, Response
from werkzeug.datastructures import MultiDict
from werkzeug.test import EnvironBuilder

from functions.desk_table import desk_table
from tests.functions.requests import get
from tests.functions.test_desk_board import token
from tests.workflows.world import World
from workflows.routing.load import FOLDER, read_files

FILES = read_files(FOLDER)
LAMPS = FILES["categories.csv"].replace("new light request,DISHUB", "new light request,PERKIM")
LAMP = "Lampu jalan di depan musala mati sudah tiga malam, gelap sekali."
LEAVE = "date,kind,name\n2028-12-26,cuti_bersama,Natal\n"
JSON = "application/json"


def ask(world: World, query: str = "", link: str = "", accept: str = "text/html") -> Response:
    answer = desk_table(get(f"/papan/{link or token(world)}/tabel{query}", Accept=accept))
    assert isinstance(answer, Response)
    return answer


def send(
    world: World, *files: tuple[str, str | bytes], accept: str = "text/html", link: str = "", **fields: str
) -> Response:
    """A form with files, as a browser sends it."""
    data: MultiDict[str, Any] = MultiDict(fields)
    for name, content in files:
        data.add("file", (io.BytesIO(content.encode() if isinstance(content, str) else content), name))
    path = f"/papan/{link or token(world)}/tabel"
    builder = EnvironBuilder(path=path, method="POST", data=data, headers=[("Accept", accept)])
    environ = builder.get_environ()
    with environ["wsgi.input"] as sent:
        environ["wsgi.input"] = io.BytesIO(sent.read())
    builder.close()
    answer = desk_table(Request(environ))
    assert isinstance(answer, Response)
    return answer


def check(world: World, *files: tuple[str, str | bytes], accept: str = "text/html") -> Response:
    return send(world, *files, action="check", accept=accept)


def text(answer: Response) -> str:
    return answer.get_data(as_text=True)


def form_of(page: str, action: str) -> dict[str, str]:
    """The hidden fields of the form that does this."""
    forms = re.findall(r"<form.*?</form>", page, re.DOTALL)
    fields = [dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', each)) for each in forms]
    return next((each for each in fields if each.get("action") == action), {})


def applied(world: World, *files: tuple[str, str]) -> str:
    """Checked and put into force; the version."""
    sent = form_of(text(check(world, *files)), "apply")
    assert send(world, **sent).status_code == 303
    return sent["version"]


def posted(world: World, fields: dict[str, str]) -> dict[str, Any]:
    builder = EnvironBuilder(path=f"/papan/{token(world)}/tabel", method="POST", json=fields)
    answer = desk_table(Request(builder.get_environ()))
    builder.close()
    assert isinstance(answer, Response) and answer.status_code == 200
    return dict(json.loads(text(answer)))
