"""`datapackage.json` keeps to the Frictionless specification, and gives nothing away."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import datetime

import polars as pl
import pytest

from hedgerow.landscape.tables import TABLES
from hedgerow.sources.register import RegisterInputs, build
from tests.unit.register.made_up_files import files_of_a_day, written

FRICTIONLESS_TYPES = {"string", "integer", "number", "boolean", "date"}


@pytest.fixture
def package(tmp_path):
    files = written(tmp_path, files_of_a_day())
    summary = build(
        RegisterInputs(
            gias=files["edubasealldata20220425.csv"],
            links=(files["alllinksdata20220425.csv"],),
        ),
        tmp_path / "registers",
    )
    text = (summary.folder / "datapackage.json").read_text(encoding="utf-8")
    return summary.folder, text, json.loads(text)


def test_the_package_describes_itself(package):
    _, _, said = package
    assert said["profile"] == "data-package"
    assert re.fullmatch(r"[-a-z0-9._/]+", said["name"])
    assert datetime.fromisoformat(said["created"]).tzinfo is not None
    assert all(licence["name"] and licence["path"] for licence in said["licenses"])
    assert said["hedgerow"]["vintage"] == "2022-04-25"
    assert said["hedgerow"]["limits"]


def test_every_file_is_a_resource_and_every_resource_a_file(package):
    folder, _, said = package
    files = {path.name for path in folder.iterdir()} - {"datapackage.json"}
    assert {resource["path"] for resource in said["resources"]} == files
    for resource in said["resources"]:
        content = (folder / resource["path"]).read_bytes()
        assert re.fullmatch(r"[-a-z0-9._/]+", resource["name"])
        assert resource["format"] == "parquet"
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["rows"] == pl.read_parquet(folder / resource["path"]).height


def test_every_column_has_a_type_and_a_description(package):
    folder, _, said = package
    for resource in said["resources"]:
        fields = resource["schema"]["fields"]
        columns = pl.read_parquet_schema(folder / resource["path"])
        assert [field["name"] for field in fields] == list(columns)
        for field in fields:
            assert field["type"] in FRICTIONLESS_TYPES
            assert len(field["description"]) > 3
        if resource["name"] in TABLES:
            assert resource["schema"]["primaryKey"] == TABLES[resource["name"]].primary_key()


def test_every_source_is_named_with_hash_vintage_and_licence(package):
    folder, _, said = package
    inputs = folder.parent.parent
    assert [source["path"] for source in said["sources"]] == [
        "edubasealldata20220425.csv",
        "alllinksdata20220425.csv",
    ]
    for source in said["sources"]:
        content = (inputs / source["path"]).read_bytes()
        assert source["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert source["vintage"] == "2022-04-25"
        assert source["licence"] == "Open Government Licence v3.0"
        assert source["title"]


def test_no_folder_of_this_machine_is_in_it(package, tmp_path):
    _, text, _ = package
    assert str(tmp_path) not in text
    assert not re.search(r'"(/|[A-Z]:\\\\|file:)', text)
