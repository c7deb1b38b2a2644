"""Files, folders and archives that are not to be trusted."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from hedgerow.fieldbook.networks import Network, opening, read_network, write_network
from hedgerow.landscape.errors import DataError, UsageError

NETWORK = Network.of([{"id": "a"}, {"id": "b"}], [{"from_id": "a", "to_id": "b"}])


def test_what_is_not_there_is_wrong_use(tmp_path):
    with pytest.raises(UsageError, match="is not there"):
        read_network(tmp_path / "missing.graphml")


def test_what_cannot_be_read_says_so():
    with pytest.raises(UsageError, match="cannot be read: Input/output error"):
        read_network(Path("/proc/self/mem"))  # refuses whoever runs the tests, be it root


@pytest.mark.parametrize("content", [b"", b" \n"])
def test_an_empty_file_is_refused(content, tmp_path):
    (tmp_path / "empty.csv").write_bytes(content)
    with pytest.raises(DataError, match="is empty"):
        read_network(tmp_path / "empty.csv")


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(DataError, match="is empty"):
        read_network(tmp_path)


def test_a_small_archive_of_a_huge_file_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "MOST_BYTES", 100_000)
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("edges.csv", b"0" * 1_000_000)
    assert (tmp_path / "bomb.zip").stat().st_size < 5_000
    with pytest.raises(DataError, match="larger than"):
        read_network(tmp_path / "bomb.zip")


def test_an_archive_of_too_many_files_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "MOST_FILES", 3)
    with zipfile.ZipFile(tmp_path / "many.zip", "w") as archive:
        for count in range(4):
            archive.writestr(f"{count}.csv", "x")
    with pytest.raises(DataError, match="3 files"):
        read_network(tmp_path / "many.zip")


def test_a_single_network_in_an_archive_is_read(tmp_path):
    write_network(NETWORK, tmp_path / "n.graphml")
    with zipfile.ZipFile(tmp_path / "n.zip", "w") as archive:
        archive.write(tmp_path / "n.graphml", "inside/n.graphml")
    found = read_network(tmp_path / "n.zip")
    assert (found.format, found.network) == ("graphml", NETWORK)


def test_an_unknown_format_is_wrong_use(tmp_path):
    write_network(NETWORK, tmp_path / "n.graphml")
    with pytest.raises(UsageError, match="no format “pajek”"):
        read_network(tmp_path / "n.graphml", format="pajek")
    with pytest.raises(UsageError, match="no format to write"):
        write_network(NETWORK, tmp_path / "n.pdf")
    with pytest.raises(UsageError, match="matrix"):
        write_network(NETWORK, tmp_path / "n.csv", "matrix")
    assert not (tmp_path / "n.pdf").exists()


def test_matrices_that_would_be_too_large_are_not_begun(tmp_path, monkeypatch):
    monkeypatch.setattr("hedgerow.fieldbook.networks.dl_writing.MOST_CELLS", 3)
    with pytest.raises(UsageError, match="too many for UCINET"):
        write_network(NETWORK, tmp_path / "n.dl")
    assert not (tmp_path / "n.dl").exists()
