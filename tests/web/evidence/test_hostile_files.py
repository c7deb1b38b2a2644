"""Files that mean harm, and files that are not what they say."""

from __future__ import annotations

import io
import json
import zipfile

import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from hedgerow.landscape.errors import DataError
from hedgerow.web.access.audience import Role
from hedgerow.web.evidence.models import Contribution
from hedgerow.web.evidence.uploads import path_of, plain_name

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
