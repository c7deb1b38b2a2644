"""A register is written as a whole or not at all, whatever goes wrong."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from hedgerow.landscape.errors import DataError
from hedgerow.sources.register import writing
from hedgerow.sources.register.writing import folder_of_registers, put_in_place
from tests.unit.register.made_up_files import gias, written

NAME = "2022-04-25"


def everything(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def put(out: Path, **files: bytes) -> None:
    with folder_of_registers(out) as folder:
        put_in_place(folder, NAME, files)


def test_written_and_replaced(tmp_path):
    put(tmp_path / "a" / "b", one=b"1", two=b"2")
    put(tmp_path / "a" / "b", one=b"new")
    assert everything(tmp_path) == {f"a/b/{NAME}/one": b"new"}


def test_others_may_read_it(tmp_path):
    put(tmp_path, one=b"1")
    assert (tmp_path / NAME).stat().st_mode & 0o055 == 0o055


class Interrupting(dict):
    """Files during whose writing the person presses Ctrl-C."""

    def items(self):
        yield from super().items()
        raise KeyboardInterrupt


def test_stopped_midway_keeps_what_was_there(tmp_path):
    put(tmp_path, one=b"old")
    with pytest.raises(KeyboardInterrupt), folder_of_registers(tmp_path) as folder:
        put_in_place(folder, NAME, Interrupting(one=b"new"))
    assert everything(tmp_path) == {f"{NAME}/one": b"old"}


def test_stopped_midway_leaves_no_folder_of_its_own(tmp_path):
    out = tmp_path / "a" / "b"
    with pytest.raises(KeyboardInterrupt), folder_of_registers(out) as folder:
        put_in_place(folder, NAME, Interrupting(one=b"new"))
    assert list(tmp_path.iterdir()) == []


def test_the_old_one_comes_back_if_the_new_cannot_take_its_place(tmp_path):
    put(tmp_path, one=b"old")
    vanished = tmp_path / f".{NAME}{writing.PARTIAL}x"  # nothing there to rename
    with pytest.raises(FileNotFoundError):
        writing._swap(vanished, tmp_path / NAME)
    assert everything(tmp_path) == {f"{NAME}/one": b"old"}


def test_what_a_killed_build_left_is_cleared(tmp_path):
    put(tmp_path, one=b"old")
    (tmp_path / NAME).rename(tmp_path / f".{NAME}{writing.OLD}x")  # killed between two renames
    (tmp_path / f".{NAME}{writing.PARTIAL}y").mkdir()
    (tmp_path / "other").mkdir()
    with folder_of_registers(tmp_path):
        pass
    assert everything(tmp_path) == {f"{NAME}/one": b"old"}
    assert sorted(path.name for path in tmp_path.iterdir()) == [NAME, "other"]


def test_two_builds_at_once(tmp_path):
    with (
        folder_of_registers(tmp_path),
        pytest.raises(DataError, match="Another build"),
        folder_of_registers(tmp_path),
    ):
        raise AssertionError("the second must not come in")


def test_out_is_a_file(tmp_path):
    (tmp_path / "out").write_text("mine")
    for out in (tmp_path / "out", tmp_path / "out" / "beneath"):
        with pytest.raises(DataError, match="is a file or lies beneath one"):
            put(out, one=b"1")
    assert everything(tmp_path) == {"out": b"mine"}


def test_a_folder_that_cannot_be_made():
    # the system itself refuses folders here, to the superuser too
    with pytest.raises(DataError, match="/proc/hedgerow"):
        put(Path("/proc/hedgerow"), one=b"1")


def limited() -> None:
    """Let this process write no file larger than 20 kB: as if the disk filled up meanwhile."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))


def test_a_disk_that_fills_up(tmp_path):
    extract = written(tmp_path, {"edubasealldata20220425.csv": gias()})
    out = tmp_path / "registers"
    command = [sys.executable, "-m", "hedgerow", "register", "build", "--out", str(out), "--gias"]
    subprocess.run([*command, *map(str, extract.values())], check=True, capture_output=True)
    before = everything(out)
    schools = [
        {"URN": str(900_000 + n), "EstablishmentName": f"School {n * 7919 % 10_007}"}
        for n in range(5_000)
    ]
    large = written(tmp_path, {"edubasealldata20220425.csv": gias(schools)})
    ended = subprocess.run(
        [*command, *map(str, large.values())], preexec_fn=limited, capture_output=True, text=True
    )
    assert ended.returncode == 3, ended.stderr
    assert "larger than this account may write" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert everything(out) == before


@pytest.mark.parametrize("errno_name", ["ENOSPC", "EACCES", "EROFS", "EIO"])
def test_every_refusal_of_the_system_is_said_plainly(tmp_path, errno_name):
    number = getattr(__import__("errno"), errno_name)
    with pytest.raises(DataError) as found, folder_of_registers(tmp_path / "out"):
        raise OSError(number, os.strerror(number))
    assert str(tmp_path / "out") in found.value.message
    assert not (tmp_path / "out").exists()
