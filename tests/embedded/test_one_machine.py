"""The files of one machine: systemd takes the units, the installer leaves settings alone, names fit together."""

from __future__ import annotations
import configparser
import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from functions.app.settings import read_settings
from functions.app.variables import VARIABLES
from tests.embedded.conftest import ROOT

FOLDER = ROOT / "infra" / "one_machine"
UNITS = sorted(path.name for path in FOLDER.glob("laksa*.*") if path.suffix in (".service", ".timer"))
SERVICES = [name for name in UNITS if name.endswith(".service")]
MOST_EXPOSED = "20"
"""On the scale of `systemd-analyze security`, of 100."""


def unit(name: str) -> configparser.ConfigParser:
    """A unit's sections; of a setting that is said twice, the last."""
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string((FOLDER / name).read_text("utf-8"))
    return parser


@pytest.fixture
def analysed(tmp_path: Path) -> Path:
    """The units as they would be if this very folder were the installation."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not here: units are not verified")
    for name in UNITS:
        (tmp_path / name).write_text((FOLDER / name).read_text("utf-8").replace("/opt/laksa", str(ROOT)))
    return tmp_path


def test_systemd_understands_every_line_of_the_units(analysed: Path) -> None:
    command = ["systemd-analyze", "verify", "--recursive-errors=no", *(str(analysed / name) for name in UNITS)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (ran.returncode, ran.stdout + ran.stderr) == (0, "")


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_may_do_little_more_than_its_work(analysed: Path, name: str) -> None:
    command = ["systemd-analyze", "security", "--offline=yes", "--no-pager", f"--threshold={MOST_EXPOSED}"]
    ran = subprocess.run([*command, str(analysed / name)], capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stdout


@pytest.mark.parametrize(("mail", "status"), [("smtp://mail.example", 0), ("", 2)])
def test_without_a_mail_server_the_service_does_not_start(mail: str, status: int) -> None:
    before = unit("laksa.service")["Service"]["ExecStartPre"].replace("$$", "$")
    ran = subprocess.run(shlex.split(before), env={"SMTP_URL": mail}, capture_output=True, text=True, timeout=10)
    assert ran.returncode == status
    assert ("SMTP_URL is not set" in ran.stderr) == bool(status)


def test_with_a_mail_server_there_is_no_clock_to_be_moved() -> None:
    settings = read_settings({**_environment(), "SMTP_URL": "smtp://mail.example"})
    assert not settings.nothing_is_real
    assert (settings.bind, settings.proxies, settings.url) == ("127.0.0.1", 1, "https://laksa.example")


def _environment() -> dict[str, str]:
    """What the service begins with, as the files come."""
    told = unit("laksa.service")["Service"]["Environment"].split()
    lines = "".join((FOLDER / name).read_text("utf-8") for name in ("address.env", "laksa.env")).splitlines()
    return dict(line.split("=", 1) for line in [*told, *lines] if line and not line.startswith("#"))


def test_every_setting_that_may_be_made_is_one() -> None:
    offered = re.findall(r"^#?([A-Z_]+)=", (FOLDER / "laksa.env").read_text("utf-8"), re.MULTILINE)
    assert len(offered) > 4
    assert [name for name in offered if name not in VARIABLES] == []


KEPT = re.compile(r"--days (\d+) --at-least (\d+)$")
SAID = re.compile(r"paling lama \[(\d+) hari\]; \[(\d+)\] yang terbaru")


def test_backups_are_kept_as_long_as_the_record_of_processing_says() -> None:
    kept = KEPT.search(unit("laksa-backup.service")["Service"]["ExecStart"])
    said = SAID.search((ROOT / "docs" / "privacy" / "ropa.md").read_text("utf-8"))
    assert kept and said
    assert kept.groups() == said.groups()
    assert unit("laksa-backup.timer")["Timer"]["OnCalendar"].startswith("*-*-* ")


def test_no_backup_is_made_where_its_disk_is_away() -> None:
    backup = unit("laksa-backup.service")
    (folder,) = re.findall(r"laksa backup (\S+)", backup["Service"]["ExecStart"])
    assert (backup["Unit"]["RequiresMountsFor"], backup["Service"]["ReadWritePaths"]) == (folder, folder)


def test_the_installer_puts_everything_in_place_and_leaves_settings_alone(tmp_path: Path) -> None:
    (tmp_path / "etc" / "caddy").mkdir(parents=True)
    (tmp_path / "etc" / "caddy" / "Caddyfile").write_text("# Debian's own")
    _install(tmp_path)
    secrets = tmp_path / "etc" / "laksa" / "laksa.env"
    assert secrets.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "var" / "backups" / "laksa").stat().st_mode & 0o777 == 0o700
    secrets.write_text("SMTP_URL=smtp://mail.example")
    _install(tmp_path)
    assert secrets.read_text() == "SMTP_URL=smtp://mail.example"
    assert (tmp_path / "etc" / "caddy" / "laksa.d").is_dir()
    assert (tmp_path / "etc" / "caddy" / "Caddyfile").read_bytes() == (FOLDER / "Caddyfile").read_bytes()
    assert (tmp_path / "etc" / "caddy" / "Caddyfile.before-laksa").read_text() == "# Debian's own"
    assert sorted(path.name for path in (tmp_path / "etc" / "systemd" / "system").glob("laksa*")) == UNITS


def _install(root: Path) -> None:
    env = {"PATH": os.environ["PATH"], "DESTDIR": str(root)}
    subprocess.run([FOLDER / "install.sh"], env=env, check=True, timeout=30)


PROGRAMS = {
    "systemctl": 'echo "$*: $(basename "$(readlink -f "$LAKSA")")" >>"$LOG"',
    "make": 'cd "$([ "$1" = -C ] && echo "$2" || pwd)" && touch packages',
    "git": """
if [ "$1" = clone ]; then
    mkdir -p "$3/infra/one_machine"
    install -m 0755 /dev/null "$3/infra/one_machine/install.sh"
else touch code; fi""",
}
"""They do what the update's own would do to the folders, and say which one Laksa is started from."""


def test_an_update_changes_no_file_under_a_running_laksa(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "laksa").symlink_to("old")
    ran = subprocess.run(["sh", "-euc", _update(tmp_path)], env=_with_programs(tmp_path), timeout=30)
    *stopped, started, proxy = (tmp_path / "log").read_text().splitlines()
    new = (tmp_path / "laksa").resolve().name
    assert (ran.returncode, list((tmp_path / "old").iterdir()), new == "old") == (0, [], False)
    assert stopped == ["start laksa-backup: old", "stop laksa: old"]
    assert [started, proxy] == [f"start laksa: {new}", f"restart caddy: {new}"]


def _update(root: Path) -> str:
    """The commands that the page gives, on a folder of the test's."""
    return _block("## Updates").replace("/opt/laksa", str(root / "laksa"))


def _block(after: str) -> str:
    """The commands of the page that come next after these words."""
    page = (ROOT / "docs" / "one-machine.md").read_text("utf-8")
    block = re.search(rf"^{re.escape(after)}.*?```sh\n(.*?)```", page, re.MULTILINE | re.DOTALL)
    assert block
    return block[1]


@pytest.mark.parametrize("keys", ["first-key,second-key", ""])
def test_a_trial_has_the_keys_of_the_city_and_sends_no_mail(tmp_path: Path, keys: str) -> None:
    line = f'LAKSA_KEYS="{keys}"\n' if keys else "#LAKSA_KEYS=old\n"
    (tmp_path / "laksa.env").write_text(f"SMTP_URL=smtp://mail.example\n{line}")
    exports = "\n".join(line for line in _block("Try it twice a year").splitlines() if "export" in line)
    script = exports.replace("/etc/laksa", str(tmp_path)).replace("/opt/laksa", str(ROOT)) + "\nenv"
    ran = subprocess.run(["sh", "-euc", script], env={"PATH": os.environ["PATH"]}, capture_output=True, text=True)
    told = dict(line.split("=", 1) for line in ran.stdout.splitlines())
    assert (told["LAKSA_KEYS"], "SMTP_URL" in told, told["PORT"]) == (keys, False, "8081")


def _with_programs(root: Path) -> dict[str, str]:
    (root / "bin").mkdir()
    for name, script in PROGRAMS.items():
        (root / "bin" / name).write_text(f"#!/bin/sh\n{script}\n")
        (root / "bin" / name).chmod(0o755)
    path = f"{root / 'bin'}:{os.environ['PATH']}"
    return {"PATH": path, "LOG": str(root / "log"), "LAKSA": str(root / "laksa")}
