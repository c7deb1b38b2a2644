"""Files that mean harm, and files that are not what they say."""

from __future__ import annotations

import io
import json
import re
import struct
import zipfile
import zlib

import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from hedgerow.landscape.errors import DataError
from hedgerow.web.access.audience import Role
from hedgerow.web.evidence.models import Contribution, Record
from hedgerow.web.evidence.unpacking import unpacked_sizes
from hedgerow.web.evidence.uploads import path_of, plain_name
from hedgerow.web.jobs.models import Job

pytestmark = pytest.mark.django_db(transaction=True)

HERE = "/partnerships/town/evidence/"
LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
GRAPH = (
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="directed">'
    '<node id="a"/></graph></graphml>'
)


@pytest.fixture
def steward(people, signed_in):
    return signed_in(people[Role.STEWARD])


def workbook(declared, coding="utf-8"):
    """A workbook of one sheet whose XML declares something."""
    book = openpyxl.Workbook()
    book.active.title = "Roles and seats"
    book.active.append(["Person", "Organisation", "Role"])
    plain = io.BytesIO()
    book.save(plain)
    hostile = io.BytesIO()
    with zipfile.ZipFile(plain) as parts, zipfile.ZipFile(hostile, "w") as out:
        for name in parts.namelist():
            text = parts.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                head, _, rest = text.partition("<worksheet")
                text = f"{head}{declared}<worksheet{rest}"
                out.writestr(name, text.encode(coding))
            else:
                out.writestr(name, text)
    return hostile.getvalue()


def sheet(*rows):
    """A workbook with some rows."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def lying(content, part, *, says):
    """Give a zipped file that says of one of its parts that it is smaller, with a sum to match."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as out:
            for name in parts.namelist():
                out.writestr(name, parts.read(name))
        text = parts.read(part)
    with zipfile.ZipFile(held) as parts:
        told = parts.getinfo(part)
    now = struct.pack("<III", told.CRC, told.compress_size, told.file_size)
    then = struct.pack("<III", zlib.crc32(text[:says]), told.compress_size, says)
    assert held.getvalue().count(now) == 2
    return held.getvalue().replace(now, then)


@pytest.mark.parametrize("name", ["b.xlsx", "b.ods", "b.zip"])
@pytest.mark.parametrize("says", [0, 1_000])
def test_a_file_that_says_too_little_of_its_size_is_refused(steward, name, says):
    content = sheet(["Person", "Organisation", "Role"], ["W" * 5_000_000, "x", "y"])
    part = "xl/worksheets/sheet1.xml"
    false = lying(content, part, says=says)
    with zipfile.ZipFile(io.BytesIO(false)) as parts:
        assert len(parts.read(part)) == says  # what believes it sees nothing amiss
    before = {*settings.SITE.uploads.rglob("*")}
    answer = steward.post(HERE, {"file": SimpleUploadedFile(name, false)})
    assert "holds far more than it seems" in answer.text
    assert not Contribution.objects.exists()
    assert {*settings.SITE.uploads.rglob("*")} == before


def test_counting_stops_where_a_file_swells(tmp_path):
    path = tmp_path / "swelling.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name in "abc":
            out.writestr(name, bytes(10_000_000))
    with zipfile.ZipFile(path) as parts:
        listed = parts.infolist()
    assert [size for _, size in unpacked_sizes(path, listed, most=10**9)] == [10_000_000] * 3
    stopped = unpacked_sizes(path, listed, most=100_000)
    assert len(stopped) == 1
    assert 100_000 < stopped[0][1] < 300_000


@pytest.mark.parametrize("declared", [LAUGHS, OUTSIDE])
@pytest.mark.parametrize("coding", ["utf-8", "utf-16"])
def test_a_workbook_with_entities_is_refused(steward, declared, coding):
    answer = steward.post(HERE, {"file": SimpleUploadedFile("b.xlsx", workbook(declared, coding))})
    assert "declares types or entities of its own" in answer.text
    assert not Contribution.objects.exists()
    assert "root:" not in answer.text


@pytest.mark.parametrize("name", ["net.graphml", "net.xml", "net.gexf"])
@pytest.mark.parametrize("declared", [LAUGHS, OUTSIDE, "<!DOCTYPE graphml>"])
def test_a_network_with_a_doctype_is_refused(steward, name, declared):
    answer = steward.post(HERE, {"file": SimpleUploadedFile(name, (declared + GRAPH).encode())})
    assert "declares types or entities of its own" in answer.text
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as parts:
        parts.writestr(name, declared + GRAPH)
    answer = steward.post(HERE, {"file": SimpleUploadedFile("net.zip", packed.getvalue())})
    assert "declares types or entities of its own" in answer.text
    assert not Contribution.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("roles.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 9, "looks like a picture"),
        ("net.json", b"\x89PNG\r\n\x1a\n", "no network"),
        ("net.graphml", b"<html><body>hello</body></html>", "neither GraphML nor GEXF"),
        ("net.zip", b"PK\x03\x04 and then nothing", "not what its name says"),
        ("book.ods", b"PK\x05\x06" + b"\x00" * 18, ""),
        ("page.html", b"<script>alert(1)</script>", "of no kind that can be read here"),
        ("roles.csv.exe", b"MZ", "of no kind that can be read here"),
        ("roles.csv", b"", "empty"),
    ],
)
def test_what_is_not_what_it_says_is_refused_in_words(steward, name, content, words):
    before = {*settings.SITE.uploads.rglob("*")}
    sent = SimpleUploadedFile(name, content, content_type="text/csv")
    answer = steward.post(HERE, {"file": sent})
    assert answer.status_code == 200
    assert "There is something to put right" in answer.text
    assert words in answer.text
    assert not Contribution.objects.exists()
    assert {*settings.SITE.uploads.rglob("*")} == before


@pytest.mark.parametrize(
    "name",
    ["../../roles.csv", "..\\..\\roles.csv", "/etc/roles.csv", "a/../roles.csv", "r\x00o\nles.csv"],
)
def test_no_name_leads_out_of_the_folder_of_uploads(steward, name):
    text = b"Person,Organisation,Role\nWren Thistledown,uid:90001,trustee\n"
    steward.post(HERE, {"file": SimpleUploadedFile(name, text)})
    found = Contribution.objects.get()
    path = path_of(found.upload).resolve()
    assert path.parent.parent == settings.SITE.uploads.resolve()
    assert not {"/", "\\", "\x00", "\n"} & set(found.file)


@pytest.mark.parametrize("name", [".csv", "...", "", ".htaccess", "csv", "x" * 300 + ".csv"])
def test_odd_names_are_made_plain_or_refused(name):
    try:
        plain = plain_name(name)
    except DataError:
        return
    assert plain.endswith(".csv")
    assert len(plain) < 120
    assert not plain.startswith(".")


def test_formulas_are_words_in_the_marked_copy(steward, do_what_waits):
    formulas = [
        '=HYPERLINK("http://x.example","y")',
        "+1+1",
        "-2",
        "@SUM(A1)",
        "=cmd|' /C calc'!A0",
    ]
    lines = ["Person,Organisation,Role"]
    lines += [f'"{one.replace(chr(34), chr(34) * 2)}",Nowhere,"{one[:5]}"' for one in formulas]
    sent = SimpleUploadedFile("Roles and seats.csv", "\n".join(lines).encode())
    steward.post(HERE, {"file": sent})
    do_what_waits()
    found = Contribution.objects.get()
    copy = steward.get(f"{HERE}{found.pk}/marked.xlsx")
    content = b"".join(copy.streaming_content)
    book = openpyxl.load_workbook(io.BytesIO(content))
    held = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in held)
    assert {cell.data_type for cell in held} <= {"s", "n"}
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if "worksheets/sheet" in name]
    assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)
    page = steward.get(f"{HERE}{found.pk}/").text
    assert "<script" not in page.replace('<script type="module"', "")
    assert json.dumps(found.mapping) == "{}"


NUL_PAGES = ("columns/", "names/", "mend/", "kinds/", "import/")


def test_text_with_a_sign_that_no_database_keeps_is_refused_in_words(steward, do_what_waits):
    text = b"Person,Organisation,Role,First day\nWren Thistledown,Nowhere,trustee,someday\n"
    steward.post(HERE, {"file": SimpleUploadedFile("Roles and seats.csv", text)})
    do_what_waits()
    found = Contribution.objects.get()
    page = steward.get(f"{HERE}{found.pk}/").text
    cell = re.search(r'name="(cell-[^"]+)"', page)[1]
    record = {"cell-person": "Wren Sedge", "cell-organisation": "uid:90001", "cell-role": "chair"}
    asked = [
        (f"{found.pk}/mend/", {cell: "Now\x00here"}),
        ("records/roles-and-seats/add/", {**record, "cell-role": "ch\x00air"}),
        ("records/roles-and-seats/add/", {**record, "pick-organisation": "\x00"}),
        *((f"{found.pk}/{page}", {"other-0": "x\x00", "decide-0": "other"}) for page in NUL_PAGES),
    ]
    for page, given in asked:
        answer = steward.post(f"{HERE}{page}", given)
        assert answer.status_code == 400, page
        assert "NUL character" in answer.text, page
    after = steward.post(HERE, {"name": "Aut\x00umn", "kind": "fieldbook"})
    assert "after “Aut”" in after.text
    found.refresh_from_db()
    assert (found.mapping, found.state) == ({}, "checked")
    assert not Record.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Roles.csv", "Person,Org\x00anisation,Role\nWren,\x00uid:90001,t\x00\n".encode("utf-16")),
        ("names.csv", "School name,Dele\x00gate,Date\nEl\x00m,W,2021-10-05\n".encode("utf-16")),
        ("names.xlsx", sheet(["School name", "Dele_x0000_gate", "Date"], ["Elm", "W", ""])),
        ("net.json", json.dumps({"elements": [{"label": "a\x00b", "type": "Per\x00son"}],
                                 "connections": []}).encode()),
        ("edges.csv", "from,to,kind\na\x00,b,\x00k\nb,c,\x00k\n".encode("utf-16")),
    ],
)  # fmt: skip  # one file a line
def test_such_signs_in_a_file_are_left_out_or_refused(steward, do_what_waits, name, content):
    answer = steward.post(HERE, {"file": SimpleUploadedFile(name, content)})
    if answer.status_code == 200:
        assert "There is something to put right" in answer.text
        return
    found = Contribution.objects.get()
    assert steward.get(answer["Location"]).status_code == 200
    given = {"day": "2022-01-01", "node_0": "person", "tie_0": "collaborates", "column_0": "school"}
    given |= {"course_from": "text", "course": "Early number", "dates_are": "runs"}
    given |= {"names": "count", "provider": "Hazel Training", "provider_kind": "company"}
    for page in ("columns/", "kinds/"):
        assert steward.post(f"{HERE}{found.pk}/{page}", given).status_code < 500
    do_what_waits()
    assert steward.get(f"{HERE}{found.pk}/").status_code == 200
    steward.post(f"{HERE}{found.pk}/import/")
    do_what_waits()
    assert not Job.objects.filter(words__contains="on our side").exists()
    assert "\\u0000" not in json.dumps(list(Record.objects.values_list("values", flat=True)))
