"""`hedgerow fieldbook attendance`, as a hub lead types it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from hedgerow.cli import main
from hedgerow.cli.fieldbook import command
from hedgerow.fieldbook.attendance.mapping import load_mapping, save_mapping
from hedgerow.fieldbook.fieldbooks import read_fieldbook
from tests.made_up import brambleford
from tests.unit.attendance import messy
from tests.unit.register.made_up_files import gias, written

HUB = ["--provider", "Hawthorn Maths Hub", "--provider-kind", "maths_hub"]


@pytest.fixture(scope="module")
def register(tmp_path_factory) -> list[str]:
    """The option that names a register with the schools of Brambleford."""
    folder = tmp_path_factory.mktemp("register")
    schools = brambleford().landscape().schools
    rows = [
        {"URN": str(urn), "EstablishmentName": name}
        for urn, name in schools.filter(pl.col("closed").is_null())
        .select("urn", "name")
        .iter_rows()
    ]
    paths = written(folder, {"edubasealldata20220425.csv": gias(rows)})
    out = str(folder / "registers")
    built = main(["register", "build", "--gias", str(*paths.values()), "--out", out])
    assert built == 0
    return ["--register", out]


def run(path: Path, *options: object) -> int:
    return main(["fieldbook", "attendance", str(path), *map(str, options)])


def test_the_whole_way(register, tmp_path, capsys):
    file, into = messy.merged_and_sections(tmp_path), tmp_path / "evidence"
    assert run(file, *register, *HUB, "--into", into) == 0
    said = capsys.readouterr().out
    assert "6 rows of attendance in 1 sheet:" in said
    assert "set aside: school not known yet: see the review list" in said
    assert "Autumn, row 15, School: no school, set aside" in said
    assert f"Imported into {into} as merged." in said

    review, mapping = tmp_path / "merged.review.csv", tmp_path / "merged.mapping.toml"
    rows = list(csv.DictReader(review.read_text("utf-8-sig").splitlines()))
    assert [row["found"] for row in rows] == ["Beech Primary", "Cedar & Elder Primary"]
    rows[1]["decision"] = "1"
    filled = tmp_path / "filled.csv"
    with filled.open("w", encoding="utf-8", newline="") as file_:
        writer = csv.DictWriter(file_, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    assert run(file, *register, "--into", into, "--review", filled) == 0
    assert "in place of what it told before" in capsys.readouterr().out
    assert load_mapping(mapping).aliases["schools"] == {"Cedar & Elder Primary": "urn:900003"}

    told = read_fieldbook(into).tables
    assert told["participation"]["staff"].sum() == 4
    assert told["organisations"]["name"].to_list() == ["Hawthorn Maths Hub"]
    # what was decided holds for the next import, and nothing is doubled
    assert run(file, *register, "--into", into) == 0
    for name, table in read_fieldbook(into).tables.items():
        assert table.equals(told[name])


def test_the_same_rows_under_another_name_double_nothing(register, tmp_path):
    into = tmp_path / "evidence"
    file = messy.crosses(tmp_path)
    copy = tmp_path / "copy.csv"
    copy.write_bytes(file.read_bytes())
    for one in (file, copy):
        assert run(one, *register, *HUB, "--into", into) == 0
    assert read_fieldbook(into).tables["participation"].height == 2


def test_next_term_s_file_of_the_same_name_stands_beside_the_first(register, tmp_path, capsys):
    into = tmp_path / "evidence"
    file = messy.crosses(tmp_path)
    assert run(file, *register, *HUB, "--into", into) == 0
    text = file.read_text("utf-8").replace("12/10/2021", "18/01/2022")
    file.write_text(text.replace("Participant", "Participant,Mood"), "utf-8")
    capsys.readouterr()
    assert run(file, *register, "--into", into) == 0
    said = capsys.readouterr().out
    assert "Headings new, and not read: Mood" in said
    assert "as crosses-2022-01-18." in said
    assert read_fieldbook(into).tables["activities"].height == 2


def test_nothing_of_a_delegate_is_kept_anywhere(register, tmp_path, capsys):
    into, out = tmp_path / "evidence", tmp_path / "out"
    for write in messy.ALL:
        file = write(tmp_path)
        assert run(file, *register, *HUB, "--into", into, "--out", out / file.stem) == 0
    said = capsys.readouterr()
    written_ = [said.out, said.err]
    for path in [*tmp_path.glob("*.toml"), *tmp_path.glob("*.review.csv"), *out.rglob("*.csv")]:
        written_.append(path.read_text("utf-8-sig"))
    stored = read_fieldbook(into)
    written_ += [table.write_json() for table in stored.tables.values()]
    written_ += [stored.faults.table().write_json(), stored.set_aside.write_json()]
    for path in into.rglob("*.parquet"):
        frame = pl.read_parquet(path)
        written_ += [frame.write_json()]
    for name in messy.DELEGATES:
        for part in name.split():
            assert part not in "\n".join(written_)


def test_pseudonyms(register, tmp_path):
    into, key = tmp_path / "evidence", tmp_path / "key.json"
    file = messy.merged_and_sections(tmp_path)
    again = ["--into", into, "--pseudonymise", "--key", key]
    for _ in range(2):
        assert run(file, *register, *HUB, *again) == 0
    tables = read_fieldbook(into).tables
    assert tables["persons"].height == tables["roles"].height == 3
    assert not tables["persons"]["is_named"].any()
    assert "Wren" not in str(tables["persons"].rows())
    assert "Wren Thistle" in key.read_text("utf-8")
    assert set(tables["roles"]["organisation"]) == {"urn:900001", "urn:900002"}


def test_pseudonyms_need_a_key_that_lies_apart(register, tmp_path, capsys):
    into = tmp_path / "evidence"
    file = messy.merged_and_sections(tmp_path)
    assert run(file, *register, *HUB, "--into", into, "--pseudonymise") == 2
    assert run(file, *register, *HUB, "--into", into, "--pseudonymise", "--key", into / "k") == 2
    assert "would lie in the folder of the data" in capsys.readouterr().err
    assert not into.exists()


def test_json(register, tmp_path, capsys):
    file = messy.misspelt(tmp_path)
    assert run(file, *register, *HUB, "--json") == 0
    held = json.loads(capsys.readouterr().out)
    assert held["rows"] == {"read": 7, "used": 3, "absent": 0, "repeated": 0, "set_aside": 4}
    assert [row["row"] for row in held["rows_set_aside"]] == [4, 5, 6, 7]
    assert held["tables"]["participation"] == 3
    assert {fault["kind"] for fault in held["faults"]} >= {"no school"}
    assert held["review"][0]["suggestions"][0]["id"] == "urn:900001"
    assert held["changed"] == {"missing": [], "new": []}


DOUBTFUL = "What,Place,When\nFluency,Ash Primary School,12/10/2021\n"


def test_what_is_not_certain_is_asked_for_in_a_draft(register, tmp_path, capsys):
    file, draft = tmp_path / "odd.csv", tmp_path / "odd.mapping.toml"
    file.write_text(DOUBTFUL, "utf-8")
    assert run(file, *register, *HUB) == 2
    said = capsys.readouterr().err
    assert "is not certain" in said
    assert str(draft) in said
    assert run(file, *register, *HUB) == 2
    assert "is a draft still" in capsys.readouterr().err
    text = draft.read_text("utf-8")
    mended = text.replace("draft = true\n", "").replace(
        'course_from = "sheet"', 'course_from = "column"'
    )
    draft.write_text(
        mended.partition("[columns]")[0]
        + '[columns]\nschool = ["School", "Place"]\ncourse = "What"\ndate = "When"\n',
        "utf-8",
    )
    assert run(file, *register, *HUB, "--out", tmp_path / "o.xlsx") == 0
    assert "1  participation" in capsys.readouterr().out
    assert read_fieldbook(tmp_path / "o.xlsx").tables["participation"].height == 1


def ask(file: Path, register: list[str], *options: object, answers: str) -> str:
    arguments = ["attendance", str(file), *register, *HUB, "--ask", *map(str, options)]
    ended = CliRunner().invoke(command, arguments, input=answers, catch_exceptions=False)
    assert ended.exit_code == 0, ended.output
    return ended.output


def test_asking_accepts_the_guess_by_enter(register, tmp_path):
    file = messy.crosses(tmp_path)
    said = ask(file, register, answers="\n" * 30)
    assert "3  School: Ash Primary School | Beech Primary School | Cedar Primary School" in said
    assert "Name of the school [3 “School”]:" in said
    mapping = load_mapping(tmp_path / "crosses.mapping.toml")
    assert mapping.columns == {
        "school": ("School",),
        "course": ("Course",),
        "date": ("Course date",),
        "delegate": ("Participant",),
    }
    assert "2  used" in said


def test_asking_takes_numbers_headings_and_none(register, tmp_path):
    file = tmp_path / "odd.csv"
    file.write_text(DOUBTFUL, "utf-8")
    mapping = tmp_path / "mine.json"
    answers = ["9", "place", "-", "-", "-", "1", "-", "3", *["-"] * 9, "column", "runs"]
    said = ask(file, register, "--mapping", mapping, answers="\n".join(answers) + "\n")
    assert "There is no such column: a number from 1 to 3" in said
    assert load_mapping(mapping).columns == {
        "school": ("Place",),
        "course": ("What",),
        "date": ("When",),
    }
    assert "1  used" in said


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "Who provided the courses is not said"),
        (["--provider", "Hawthorne Hub"], "No organisation is called “Hawthorne Hub”"),
        (["--provider", "x", "--provider-kind", "nonsense"], "no kind of organisation"),
        ([*HUB, "--mapping", "DIR/none.toml", "--review", "DIR/none.csv"], "no file or folder"),
    ],
)
def test_wrong_use(register, tmp_path, capsys, options, said):
    file = messy.crosses(tmp_path)
    options = [one.replace("DIR", str(tmp_path)) for one in options]
    assert run(file, *register, *options) == 2
    assert said in capsys.readouterr().err


def test_a_mapping_whose_schools_are_gone(register, tmp_path, capsys):
    file = messy.crosses(tmp_path)
    assert run(file, *register, *HUB) == 0
    file.write_text(file.read_text("utf-8").replace(",School,", ",Seat of learning,"), "utf-8")
    assert run(file, *register) == 2
    said = capsys.readouterr().err
    assert "looks for schools under “School”" in said
    assert "Seat of learning" in said
    # asked for on a terminal, and both headings are known from then on
    answers = "\n".join(["Seat of learning", "", ""])
    said = ask(file, register, answers=answers)
    assert "Name of the school (“School” is no longer there)" in said
    assert "2  used" in said
    assert "not read" not in said
    columns = load_mapping(tmp_path / "crosses.mapping.toml").columns
    assert columns["school"] == ("School", "Seat of learning")


def test_a_file_of_which_nothing_can_be_used(register, tmp_path, capsys):
    file = tmp_path / "none.csv"
    file.write_text("School,Course,Date\nNowhere,Fluency,12/10/2021\n", "utf-8")
    assert run(file, *register, *HUB, "--into", tmp_path / "evidence") == 3
    assert "No row of none.csv could be used" in capsys.readouterr().err
    assert (tmp_path / "none.review.csv").exists()
    assert not (tmp_path / "evidence").exists()


def test_a_file_called_after_a_delegate(register, tmp_path, capsys):
    file = messy.crosses(tmp_path).rename(tmp_path / "wren thistle.csv")
    assert run(file, *register, *HUB) == 2
    said = capsys.readouterr().err
    assert "the name of one of its delegates" in said
    assert "Thistle" not in said


def test_days_given_for_what_bears_none(register, tmp_path):
    file = tmp_path / "undated.csv"
    file.write_text("School,Course\nAsh Primary School,Fluency\n", "utf-8")
    assert run(file, *register, *HUB) == 3
    out = tmp_path / "out.xlsx"
    assert run(file, *register, "--start", "2021-09-01", "--out", out) == 0
    row = read_fieldbook(out).tables["participation"].row(0, named=True)
    assert (str(row["start"]), row["end"]) == ("2021-09-01", None)
    # they are of this file, and not of the next
    assert load_mapping(tmp_path / "undated.mapping.toml").start is None


def test_a_review_list_as_a_workbook(register, tmp_path):
    file, review = messy.misspelt(tmp_path), tmp_path / "list.xlsx"
    assert run(file, *register, *HUB, "--write-review", review) == 0
    import openpyxl

    book = openpyxl.load_workbook(review)
    sheet = book.active
    headings = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        found = row[headings.index("found")].value
        decision = {"The Big School": 900008, "Cedar Primary School | 987654": "1"}.get(found)
        row[headings.index("decision")].value = decision
    book.save(review)
    assert run(file, *register, "--review", review) == 0
    held = load_mapping(tmp_path / "misspelt.mapping.toml").aliases["schools"]
    assert held == {
        "The Big School": "urn:900008",
        "Cedar Primary School | 987654": "urn:900003",
    }


def test_a_decision_that_cannot_be_read_is_told(register, tmp_path, capsys):
    file, review = messy.misspelt(tmp_path), tmp_path / "list.csv"
    review.write_text("what,found,decision\nschool,The Big School,perhaps Ash\n", "utf-8")
    assert run(file, *register, *HUB, "--review", review) == 0
    assert "list.csv, row 2, decision: decision that cannot be read" in capsys.readouterr().out
    save_mapping(load_mapping(tmp_path / "misspelt.mapping.toml"), tmp_path / "same.toml")
    assert load_mapping(tmp_path / "same.toml").aliases["schools"] == {}
