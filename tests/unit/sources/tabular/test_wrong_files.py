"""What is answered when a file is not what it should be."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from hedgerow.landscape.errors import DataError, UsageError
from hedgerow.landscape.faults import Faults
from hedgerow.sources.tabular import RawTable, Release, read_table

PLAIN = Release(
    id="plain",
    title="the plain list of hedges",
    columns={"number": "Hedge Number", "name": "Hedge Name"},
    optional={"length": "Length"},
)
TEXT = "Hedge Number,Hedge Name,Length\n1,Hawthorn,30\n2,Bramble,\n3,Hazel,12\n"


def read(path: Path, faults: Faults | None = None, *releases: Release) -> RawTable:
    return read_table(
        path,
        source="hedges",
        option="--hedges",
        releases=releases or (PLAIN,),
        faults=Faults() if faults is None else faults,
    )


def refused(path: Path, *releases: Release) -> str:
    with pytest.raises(DataError) as caught:
        read(path, None, *releases)
    assert path.name in str(caught.value)
    assert "--hedges" in str(caught.value)
    return str(caught.value)


@pytest.fixture
def write(tmp_path):
    def write(content: str | bytes, name: str = "hedges.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def test_a_whole_file_gives_its_rows_as_text_with_their_numbers(write):
    faults = Faults()
    table = read(write(TEXT), faults)
    assert table.rows.select("row", "number", "name", "length").rows() == [
        (2, "1", "Hawthorn", "30"),
        (3, "2", "Bramble", None),
        (4, "3", "Hazel", "12"),
    ]
    assert table.heading("name") == "Hedge Name"
    assert len(faults) == 0


def test_a_file_that_is_not_there_and_a_folder_are_wrong_use(tmp_path):
    with pytest.raises(UsageError, match="is not there"):
        read(tmp_path / "none.csv")
    with pytest.raises(UsageError, match="is a folder"):
        read(tmp_path)


def test_a_file_that_cannot_be_read():
    with pytest.raises(UsageError, match=r"/mem \(--hedges\) cannot be read: Input/output error"):
        read(Path("/proc/self/mem"))  # refuses whoever runs the tests, be it root


@pytest.mark.parametrize("content", [b"", b"\n\n  \n", b"\xef\xbb\xbf", b"\x00\x00\x00"])
def test_an_empty_file(write, content):
    assert "is empty" in refused(write(content))


def test_headings_without_rows(write):
    assert "has headings but no rows" in refused(write("Hedge Number,Hedge Name\n"))


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"<!DOCTYPE html><html>", "a web page"),
        (b"\xef\xbb\xbf\n <html lang='en'>", "a web page"),
        (b"<?xml version='1.0'?>", "an XML document"),
        (b'{"hedges": []}', "a JSON document"),
        (b'{"type": "FeatureCollection"}', "a GeoJSON document"),
        (b"PAR1\x15\x04", "a Parquet file"),
        (b"SQLite format 3\x00", "a SQLite database"),
        (b"Rar!\x1a\x07", "a RAR archive"),
    ],
)
def test_other_documents_renamed_to_csv_are_called_by_their_name(write, content, what):
    assert f"looks like {what}" in refused(write(content))


def test_a_word_document_renamed_to_csv_is_an_archive_without_tables(write):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert "0 tables in it" in refused(write(packed.getvalue()))


def test_an_archive_of_several_tables_lists_them(write):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.csv", TEXT)
        archive.writestr("b.csv", TEXT)
    assert "It holds: a.csv, b.csv" in refused(write(packed.getvalue(), "hedges.zip"))


def test_an_archive_of_one_table_is_read(write):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("extract/results.csv", TEXT)
        archive.writestr("extract/readme.md", "words")
    assert read(write(packed.getvalue(), "extract.zip")).rows.height == 3


def test_a_cut_archive_or_workbook_says_so(write):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.csv", TEXT)
    assert "may be cut short" in refused(write(packed.getvalue()[:-30], "hedges.zip"))


def test_text_packed_with_gzip_is_read_and_refused_when_cut(write):
    packed = gzip.compress((TEXT + "4,Ash,1\n" * 5000).encode())
    assert read(write(packed, "hedges.csv.gz")).rows.height == 5003
    said = refused(write(packed[: len(packed) // 2], "cut.csv.gz"))
    assert "breaks off" in said
    assert "The last whole row is row" in said
    assert "before its first row" in refused(write(packed[:12], "start.csv.gz"))
    damaged = packed[:10] + b"\xff" * 40
    assert "damaged" in refused(write(damaged, "bad.csv.gz"))


def test_a_quotation_that_swallows_the_rest_of_the_file_is_told_by_where_it_opens(write):
    text = TEXT + '4,"Ash,1\n' + "5,Elm,2\n" * 30
    said = refused(write(text))
    assert "opens a quotation that is never closed, 31 lines before its end" in said
    assert "The last whole row is row 4 (3, Hazel, 12)" in said


@pytest.mark.parametrize(
    "content",
    [
        "Hedge Number,Hedge Name,Length\n1,Hawthorn,30\n2,Bramb",
        '"Hedge Number","Hedge Name","Length"\n"1","Hawthorn","30"\n"2","Bra',
        '"Hedge Number","Hedge Name","Length"\n"1","Hawthorn","30"\n"2","Bramble","1',
        '"Hedge Number","Hedge Name","Length"\n"1","Hawthorn","30"\n"2","Bramble","',
        '"Hedge Number","Hedge Name","Length"\r\n"1","Hawthorn","30"\r\n"2"',
        "Hedge Number,Hedge Name,Length\n1,Hawthorn,30\n2,Brambl\u00e9".encode()[:-1],
    ],
)
def test_a_file_cut_in_the_middle_names_the_last_whole_row(write, content):
    said = refused(write(content))
    assert "breaks off in the middle of a row" in said
    assert "The last whole row is row 2 (1, Hawthorn" in said


def test_a_file_without_a_last_line_break_is_used_and_the_doubt_noted(write):
    faults = Faults()
    assert read(write(TEXT.rstrip("\n")), faults).rows.height == 3
    assert faults.table()["kind"].to_list() == ["no line break at the end"]


def test_no_doubt_where_quotation_marks_show_that_the_last_field_is_whole(write):
    faults = Faults()
    assert read(write('Hedge Number,Hedge Name\n1,"Hawthorn"'), faults).rows.height == 1
    assert len(faults) == 0


@pytest.mark.parametrize("encoding", ["ascii", "utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_usual_encodings(write, encoding):
    text = TEXT if encoding == "ascii" else TEXT.replace("Hazel", "Häzel – “tall”")
    names = read(write(text.encode(encoding))).rows["name"].to_list()
    assert names[2] == ("Hazel" if encoding == "ascii" else "Häzel – “tall”")


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode("utf-16-le"),
        TEXT.encode() + b"4,H\x81zel,1\n",
        TEXT.encode("utf-16")[:-1],
        b"\x00\x01\x02Hedge Number\x00",
        TEXT.encode() * 900 + b"4,As\x00h,1\n",
    ],
)
def test_other_encodings_are_refused(write, content):
    said = refused(write(content))
    assert "not in a known encoding" in said
    assert "CSV UTF-8" in said


def test_the_row_of_a_byte_of_no_encoding_is_told(write):
    assert "0x81 in line 5" in refused(write(TEXT.encode() + b"4,H\x81zel,1\n"))


def test_ragged_rows_are_set_aside_with_their_number_and_nothing_of_theirs_but_the_first_field(
    write,
):
    faults = Faults()
    text = TEXT + "4,Ash\n5,Elm,1,secret\n6,Oak,1,,\n7,Yew,2\n"
    table = read(write(text), faults)
    assert table.rows["row"].to_list() == [2, 3, 4, 7, 8]
    assert table.set_aside.rows() == [
        ("hedges.csv", 5, "2 fields where the headings are 3", '{"first field": "4"}'),
        ("hedges.csv", 6, "4 fields where the headings are 3", '{"first field": "5"}'),
    ]
    assert faults.table().select("kind", "row", "consequence").rows() == [
        ("ragged row", 5, "set aside"),
        ("ragged row", 6, "set aside"),
        ("fields beyond the last column", 7, "noted"),
    ]


def test_surplus_fields_belong_to_the_last_column_where_the_layout_says_so(write):
    spilling = Release(id="s", title="spilling", columns=PLAIN.columns, spills=True)
    faults = Faults()
    table = read(write(TEXT + "4,Ash,1,and,more\n"), faults, spilling)
    assert table.rows["number"].to_list() == ["1", "2", "3", "4"]
    assert table.set_aside.is_empty()
    assert faults.table().select("kind", "row", "consequence").rows() == [
        ("fields beyond the last column", 5, "noted")
    ]


def test_rows_that_are_all_shorter_than_the_headings_lack_the_last_columns(write):
    faults = Faults()
    text = "Hedge Number,Hedge Name,Length,Never\n1,Hawthorn,30\n2,Bramble,4\n"
    assert read(write(text), faults).rows.height == 2
    assert faults.table().select("kind", "column").rows() == [("heading without fields", "Never")]


def test_rows_too_short_for_a_column_in_use_are_ragged_even_if_all_are(write):
    text = "Never,Hedge Number,Hedge Name\n1,Hawthorn\n2,Bramble\n"
    table = read(write(text))
    assert table.rows.is_empty()
    assert table.set_aside.height == 2


def test_quotation_marks_within_names_hurt_nobody(write):
    text = 'Hedge Number,Hedge Name,Length\n1,The 5" hedge,1\n2,"The ""tall"" one, old",2\n3,A,3\n'
    assert read(write(text)).rows["name"].to_list() == ['The 5" hedge', 'The "tall" one, old', "A"]


def test_line_breaks_within_fields_do_not_count_as_rows(write):
    text = 'Hedge Number,Hedge Name,Length\r\n1,"Haw\r\nthorn",1\r\n2,Ash,2\r\n'
    table = read(write(text))
    assert table.rows.select("row", "number").rows() == [(2, "1"), (3, "2")]


def test_blank_rows_are_passed_over_and_keep_the_numbering(write):
    table = read(write("Hedge Number,Hedge Name,Length\n1,A,1\n\n2,B,2\n,,\n3,C,3\n"))
    assert table.rows.select("row", "number").rows() == [(2, "1"), (4, "2"), (6, "3")]


@pytest.mark.parametrize("mark", ["\t", ";", "|"])
def test_other_delimiters(write, mark):
    assert read(write(TEXT.replace(",", mark))).rows["name"].to_list()[1] == "Bramble"


def test_titles_above_the_headings_are_passed_over(write):
    table = read(write('"Hedges, 2022",,\n\nSource: a walk,,\n' + TEXT))
    assert table.rows.select("row", "number").rows() == [(5, "1"), (6, "2"), (7, "3")]


def test_headings_may_differ_in_case_and_spaces_and_others_are_passed_over(write):
    table = read(write("hedge  NUMBER, Hedge name,Owner's telephone\n1,Hawthorn,0123\n"))
    assert table.rows.columns == ["row", "number", "name", "length"]
    assert table.rows.row(0) == (2, "1", "Hawthorn", None)


def test_a_missing_column_names_the_column_the_file_and_the_layouts(write):
    other = Release(id="o", title="the old list", columns={"number": "No", "name": "Name"})
    said = refused(write("Hedge Number,Height\n1,2\n"), PLAIN, other)
    assert "Hedge Name" in said
    assert "the plain list of hedges; the old list" in said


def test_two_columns_of_one_heading(write):
    said = refused(write("Hedge Name,Hedge name,Hedge Number\nHawthorn,a,1\n"))
    assert "more than one column headed Hedge Name" in said
    faults = Faults()
    table = read(write("Hedge Number,Hedge Name,Length,Length\n1,Hawthorn,30,31\n"), faults)
    assert table.rows["length"].to_list() == ["30"]
    assert [(one.kind, one.column) for one in faults] == [("heading that stands twice", "Length")]


def test_a_table_of_something_else_shows_its_first_row(write):
    assert "Its first row begins: Cow, Milk" in refused(write("Cow,Milk\nDaisy,12\n"))


def test_of_two_layouts_the_one_with_more_columns_is_taken(write):
    fuller = Release(
        id="full", title="full", columns={**PLAIN.columns, "length": "Length"}, absent=()
    )
    assert read(write(TEXT), None, PLAIN, fuller).release.id == "plain"
    longer = Release(id="long", title="long", columns={**PLAIN.columns, "l": "Length", "n": "Note"})
    noted = TEXT.replace("Length\n", "Length,Note\n").replace("30\n", "30,x\n")
    noted = noted.replace("Bramble,\n", "Bramble,,\n").replace("12\n", "12,y\n")
    assert read(write(noted), None, PLAIN, longer).release.id == "long"


def test_a_heading_that_a_layout_never_has_rules_it_out(write):
    never = Release(id="n", title="never", columns=PLAIN.columns, absent=("Length",))
    assert "a layout without “Length”" in refused(write(TEXT), never)


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return packed.getvalue()


def test_a_workbook_is_read_from_the_sheet_that_fits(write):
    content = workbook(
        {
            "Notes": [["Hedges of 2022"]],
            "Data": [["A title"], [], ["Hedge Number", "Hedge Name"], [1, "Hawthorn"], [2.0, 7]],
        }
    )
    table = read(write(content, "hedges.csv"))  # whatever its name says
    assert table.sheet == "Data"
    assert table.rows.select("row", "number", "name").rows() == [
        (4, "1", "Hawthorn"),
        (5, "2", "7"),
    ]


def test_a_named_sheet_is_the_only_one_looked_at(write):
    rows: list[list[object]] = [["Hedge Number", "Hedge Name"], [1, "Hawthorn"]]
    named = Release(id="b", title="sheet B", columns=PLAIN.columns, sheet="B")
    content = workbook({"A": rows, "B": [*rows, [2, "Ash"]]})
    assert read(write(content, "h.xlsx"), None, named).rows.height == 2
    assert "none of the headings" in refused(write(workbook({"A": rows}), "h.xlsx"), named)


def test_an_opendocument_spreadsheet_is_read(write):
    names = "urn:oasis:names:tc:opendocument:xmlns"
    row = "<table:table-row>{}</table:table-row>"
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = [["Hedge Number", "Hedge Name"], ["1", "Häzel"]]
    body = "".join(row.format("".join(cell.format(text) for text in each)) for each in rows)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{names}:manifest:1.0"/>'
        )
        archive.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{names}:office:1.0" '
            f'xmlns:table="{names}:table:1.0" xmlns:text="{names}:text:1.0"><office:body>'
            f'<office:spreadsheet><table:table table:name="A">{body}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    assert read(write(packed.getvalue(), "hedges.ods")).rows.row(0) == (2, "1", "Häzel", None)


def test_an_old_word_document_is_no_workbook(write):
    assert "cannot be opened" in refused(write(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600))


def test_a_workbook_cut_short_is_refused(write):
    content = workbook({"A": [["Hedge Number", "Hedge Name"], [1, "Hawthorn"]]})
    assert "cannot be opened" in refused(write(content[:-200], "h.xlsx"))
