"""Whatever the bytes are: sheets come out, or an error that says what the file looks like."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from hedgerow.fieldbook.opening import open_raw
from hedgerow.landscape.errors import DataError, UsageError
from tests.unit.fieldbook.filling_in import filled, read, told

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(**parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, held in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), held)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n", "is empty"),
        (OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), "password"),
        (OLE + b"\x00" * 600, "old kind"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "picture"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"PK\x03\x04" + b"\x07" * 50, "cannot be opened"),
        (zipped(readme_dot_txt=b"x"), "zip archive and no workbook"),
        (zipped(mimetype=b"vnd.oasis.opendocument.text", content_dot_xml=b""), "no spreadsheet"),
        (zipped(xl__workbook_dot_xml=b"<workbook>"), "cannot be opened"),
        (b"Forum,Day\x00\n", "bytes that no text has"),
        (b"Forum,Day\n\x81\xff\x8d\n", "in no known encoding"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)  # fmt: skip  # a file a line
@pytest.mark.parametrize("name", ["fieldbook.xlsx", "fieldbook.csv"])
def test_what_is_no_fieldbook_is_told_by_what_it_is(tmp_path, content, said, name):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DataError, match=said) as error:
        open_raw(path)
    assert name in error.value.message
    assert error.value.advice


def test_a_workbook_cut_short(tmp_path):
    path = filled(tmp_path / "whole.xlsx", {})
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(path.read_bytes()[:-2_000])
    with pytest.raises(DataError, match="cannot be opened"):
        open_raw(cut)


def test_a_stray_cell_far_away_is_not_paid_for_with_memory(tmp_path):
    path = filled(tmp_path / "far.xlsx", {})
    book = openpyxl.load_workbook(path)
    book["Meetings"]["XFD1048576"] = "x"
    book.save(path)
    with pytest.raises(DataError, match="row 1,048,576 and column 16,384"):
        open_raw(path)


def test_nothing_there_and_a_folder_without_tables(tmp_path):
    with pytest.raises(UsageError, match="no file or folder"):
        open_raw(tmp_path / "nothing.xlsx")
    with pytest.raises(DataError, match="no CSV files"):
        open_raw(tmp_path)


def test_an_empty_template_has_no_faults_and_no_rows(tmp_path):
    found = read(filled(tmp_path / "empty.xlsx", {}))
    assert told(found) == []
    assert found.tables == {}
    assert found.set_aside.is_empty()


def test_places_are_counted_from_the_first_column_though_it_is_empty(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Meetings"
    sheet["C2"], sheet["D2"], sheet["C3"], sheet["D3"] = "Forum", "Day", "Heads", "soon"
    book.save(tmp_path / "shifted.xlsx")
    raw = open_raw(tmp_path / "shifted.xlsx")
    assert raw.sheets[0].cells.columns == ["2", "3"]
    assert told(read(tmp_path / "shifted.xlsx")) == [("Meetings", 3, "Day", "no day", "set aside")]
