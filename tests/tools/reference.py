"""`make docs`: writes docs/cli.md from the parser of `laksa`, and docs/configuration.md from the settings."""

from __future__ import annotations
import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cli.main import COMMANDS, Parser
from functions.app.variables import VARIABLES, Variable

ROOT = Path(__file__).parents[2]
MADE = "<!-- Made by `make docs`; a test compares. Edit {source} instead. -->\n"
ABOUT_CLI = """
In a clone the command is `.venv/bin/laksa`, run by the user who owns `LAKSA_DATA`; on a machine that was set up by
[one-machine.md](one-machine.md) root's `laksa` does it as the city's own user. It reads the same settings as the
city ([configuration.md](configuration.md)): give both the same `LAKSA_DATA`. Every command takes `--help`.

Exit status: 0 fine, 1 a problem was found, 2 used wrongly. Errors are one line on standard error.

```sh
.venv/bin/laksa route "lampu jalan mati di Cikokol"     # which department would get this text, and why
.venv/bin/laksa stuck                                   # is anything late, unsent or unreadable?
.venv/bin/laksa case LKS-XXXX-XXXX-C                    # everything about one complaint
.venv/bin/laksa export > laporan.csv                    # the open data of the city
.venv/bin/laksa export --subject warga@example.id       # all data held on one person
.venv/bin/laksa backup FOLDER --days 30                 # a copy of the city while it runs
```
"""
ABOUT_SETTINGS = """
Every setting is an environment variable. It is read once, at the start, and a wrong value stops the start with a
sentence that names it. On one machine they are lines of `/etc/laksa/laksa.env` and `/etc/laksa/address.env`
([one-machine.md](one-machine.md)); on Google Cloud Terraform sets them ([deploy.md](deploy.md)).

The rules of the city (deadlines, office hours, ladders, retention) are in `workflows/data/policy.toml`;
departments, mailboxes and phrases are the [routing table](routing-table.md).
"""


def cli_page() -> str:
    """docs/cli.md: each command with what it does and its arguments."""
    parser = Parser(prog="laksa")
    subparsers = parser.add_subparsers(dest="command")
    for add_command in COMMANDS:
        add_command(subparsers)
    parts = [MADE.format(source="the command's module"), "# The command `laksa`\n", ABOUT_CLI]
    return "".join([*parts, *_commands(subparsers, "laksa", "##")]).rstrip() + "\n"


def settings_page() -> str:
    """docs/configuration.md: each variable with its default and meaning."""
    rows = [f"| `{name}` | {_shown(variable)} | {variable.meaning} |" for name, variable in VARIABLES.items()]
    table = "\n".join(["| variable | default | what |", "|---|---|---|", *rows])
    return f"{MADE.format(source='`functions/app/variables.py`')}# Settings\n{ABOUT_SETTINGS}\n{table}\n"


def _shown(variable: Variable) -> str:
    return variable.shown or (f"`{variable.default}`" if variable.default else "none")


def _commands(subparsers: Any, above: str, heading: str) -> Iterator[str]:
    """A section for each command; one that has commands of its own is followed by theirs."""
    helps = {action.dest: action.help or "" for action in subparsers._choices_actions}
    for name, parser in subparsers.choices.items():
        yield f"\n{heading} `{above} {name}`\n\n{_sentence(helps.get(name, ''))}\n"
        for text in (parser.description, parser.epilog):
            yield f"\n{text}\n" if text else ""
        inner = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
        yield _arguments(parser) if not inner else ""
        for each in inner:
            yield from _commands(each, f"{above} {name}", heading + "#")


def _arguments(parser: argparse.ArgumentParser) -> str:
    actions = [action for action in parser._actions if not isinstance(action, argparse._HelpAction)]
    rows = [f"| `{_call(action)}` | {action.help or ''} |" for action in actions]
    return "\n".join(["", "| argument | what |", "|---|---|", *rows, ""]) if rows else ""


def _call(action: argparse.Action) -> str:
    """How an argument is written: `--days N`, `FILE…`, `[text]`."""
    value = str(action.metavar or "|".join(map(str, action.choices or ())) or action.dest.upper())
    value += "…" if action.nargs in ("+", "*") else ""
    value = f"[{value}]" if action.nargs in ("?", "*") else value
    return " ".join([*action.option_strings, *([] if action.nargs == 0 else [value])]).replace("|", "\\|")


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + ("" if words.endswith("?") else ".")


PAGES = {"docs/cli.md": cli_page, "docs/configuration.md": settings_page}

if __name__ == "__main__":
    for path, page in PAGES.items():
        (ROOT / path).write_text(page(), "utf-8")
