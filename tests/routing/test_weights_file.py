"""The file of weights is whole, small and holds nobody's words; a file that is not is refused."""

from __future__ import annotations
import hashlib
import json
import re
from pathlib import Path

import pytest

from tests.routing.given import TABLE
from workflows.routing.learned.classifier import WeightsError, read_weights
from workflows.routing.load import WEIGHTS, load_judge
from workflows.training.labelled import is_name

DATA = WEIGHTS.read_bytes()
HEAD, REST = DATA.split(b"\n", 1)


def with_head(**values: object) -> bytes:
    return json.dumps(json.loads(HEAD) | values).encode() + b"\n" + REST


def without(key: str) -> bytes:
    return json.dumps({k: v for k, v in json.loads(HEAD).items() if k != key}).encode() + b"\n" + REST


BROKEN = {
    "empty": b"",
    "one byte short": DATA[:-1],
    "one byte too many": DATA + b"\0",
    "half": DATA[: len(DATA) // 2],
    "its first line only": HEAD,
    "another format": with_head(format=1),
    "no format": without("format"),
    "no bias": without("bias"),
    "an unknown key": with_head(secret=1),
    "a feature fewer than it says": with_head(words=json.loads(HEAD)["words"] + 1),
    "a number where there are many": with_head(opd=5),
    "a table instead": b"category,phrase\nbanjir,rob\n",
    "a list instead": b"[]\n" + REST,
    "not text": b"\xff\xfe\n" + REST,
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN.keys())
def test_a_file_that_is_not_whole_is_refused(data: bytes) -> None:
    with pytest.raises(WeightsError):
        read_weights(data)


def stored(folder: Path, data: bytes, promised: str) -> Path:
    path = folder / "routing.weights"
    path.write_bytes(data)
    path.with_suffix(".sha256").write_text(promised)
    return path


def test_a_file_that_differs_by_a_bit_from_its_checksum_is_refused(tmp_path: Path) -> None:
    sha = hashlib.sha256(DATA).hexdigest()
    changed = DATA[:-9] + bytes([DATA[-9] ^ 1]) + DATA[-8:]
    with pytest.raises(WeightsError, match="checksum"):
        load_judge(stored(tmp_path, changed, f"{sha}  routing.weights\n"))
    assert load_judge(stored(tmp_path, DATA, f"{sha}  routing.weights\n")).weights.version == sha[:8]


@pytest.mark.parametrize("promised", ["", "\n", "0" * 64])
def test_a_checksum_that_is_empty_or_another_s_is_refused(promised: str, tmp_path: Path) -> None:
    with pytest.raises(WeightsError):
        load_judge(stored(tmp_path, DATA, promised))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"routing\.weights"):
        load_judge(tmp_path / "routing.weights")


def test_the_file_is_small() -> None:
    assert len(DATA) <= 3_000_000


def test_no_feature_holds_a_long_number_or_an_address() -> None:
    names = [*TABLE.judge.weights.words, *TABLE.judge.weights.grams]
    assert len(names) > 1_000
    assert [name for name in names if re.search(r"\d{6}|@|https?:|www\.", name)] == []


def test_no_word_that_is_a_person_s_name_was_learnt() -> None:
    assert is_name("sutrisno")
    assert [feature for feature in TABLE.judge.weights.words if any(map(is_name, feature.split()))] == []
