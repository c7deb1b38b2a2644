"""Files are written whole or not at all."""

from __future__ import annotations

import os

import pytest

from hedgerow.landscape.errors import UsageError
from hedgerow.reporting.writing import check_target, write_file


def test_it_is_written_and_nothing_is_left_beside_it(tmp_path):
    path = tmp_path / "page.html"
    write_file(path, b"one")
    write_file(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_be_written_leaves_nothing(tmp_path):
    path = tmp_path / ("n" * 300)
    with pytest.raises(UsageError, match="cannot be written: File name too long"):
        write_file(path, b"two")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UsageError, match=r"there is no folder .*nowhere"):
        check_target(tmp_path / "nowhere" / "page.html")


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(UsageError, match="is a folder"):
        check_target(tmp_path)


def test_what_is_no_folder_holds_no_file(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UsageError, match="does not allow it"):
        check_target(tmp_path / "file" / "page.html")


def test_what_is_no_ordinary_file_stays_what_it_is(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(UsageError, match="is no ordinary file"):
        write_file(pipe, b"page")
    assert pipe.is_fifo()


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "folder").mkdir()
    link = tmp_path / "page.html"
    link.symlink_to(tmp_path / "folder" / "page.html")
    write_file(link, b"page")
    assert link.is_symlink()
    assert (tmp_path / "folder" / "page.html").read_bytes() == b"page"
