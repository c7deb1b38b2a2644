"""The shipped protocol: its version, its four questions, and nothing that points nowhere.

The rules are those of Network Canvas's protocol schema 7, as published: what each stage needs, how
names of variables and values of options are spelt, and that every reference is defined.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest

from hedgerow.fieldbook.networks import read_network, write_protocol
from hedgerow.fieldbook.networks.network_canvas import PROMPTS
from hedgerow.fieldbook.networks.protocol import SCHEMA_VERSION, protocol
from hedgerow.landscape.errors import DataError, UsageError

NEEDS = {
    "Information": {"items"},
    "EgoForm": {"form", "introductionPanel"},
    "NameGenerator": {"form", "prompts", "subject"},
    "OrdinalBin": {"prompts", "subject"},
    "CategoricalBin": {"prompts", "subject"},
    "Sociogram": {"prompts", "subject", "background"},
}
NAME = re.compile(r"[a-zA-Z0-9._:-]+")


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return protocol()


def variables(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    codebook = document["codebook"]
    for definition in (codebook["ego"], *codebook["node"].values(), *codebook["edge"].values()):
        yield definition["variables"]


def test_its_schema_version_is_stated(document):
    assert document["schemaVersion"] == SCHEMA_VERSION == 7
    assert f"Schema version {SCHEMA_VERSION}" in document["description"]


def test_it_asks_the_four_questions(document):
    prompts = {
        prompt["id"]: prompt["text"]
        for stage in document["stages"]
        for prompt in stage.get("prompts", [])
    }
    assert "turn to" in prompts["turns-to"]
    assert "learn from" in prompts["learned-from"]
    assert "from outside" in prompts["brings-ideas"]
    assert "groups" in prompts["belongs-to"]


def test_it_begins_with_what_it_is_for_and_asks_for_consent(document):
    first, second, third = document["stages"][:3]
    assert first["type"] == "Information"
    assert second["form"]["fields"][0]["variable"] == "ego-consents"
    rule = third["skipLogic"]["filter"]["rules"][0]["options"]
    assert third["skipLogic"]["action"] == "SHOW"
    assert rule == {"attribute": "ego-consents", "operator": "EXACTLY", "value": False}


def test_every_prompt_sets_a_variable_that_the_reader_knows(document):
    names = {id_: one["name"] for group in variables(document) for id_, one in group.items()}
    asked = {
        names[attribute["variable"]]
        for stage in document["stages"]
        for prompt in stage.get("prompts", [])
        for attribute in prompt.get("additionalAttributes", [])
    }
    assert asked == set(PROMPTS)


def test_stages_have_what_they_need_and_point_at_what_there_is(document):
    ids = [stage["id"] for stage in document["stages"]]
    assert len(ids) == len(set(ids))
    for stage in document["stages"]:
        assert NEEDS[stage["type"]] <= set(stage)
        if stage["type"] == "EgoForm":
            known = document["codebook"]["ego"]["variables"]
        elif "subject" in stage:
            subject = stage["subject"]
            known = document["codebook"][subject["entity"]][subject["type"]]["variables"]
        else:
            known = {}
        used = [field["variable"] for field in stage.get("form", {}).get("fields", [])]
        for prompt in stage.get("prompts", []):
            used += [one["variable"] for one in prompt.get("additionalAttributes", [])]
            used += [prompt["variable"]] if "variable" in prompt else []
            used += [prompt["layout"]["layoutVariable"]] if "layout" in prompt else []
            assert (
                prompt.get("edges", {}).get("create", "talks-with") in document["codebook"]["edge"]
            )
        assert set(used) <= set(known), stage["id"]


def test_variables_and_options_are_spelt_as_network_canvas_wants(document):
    for group in variables(document):
        names = [one["name"] for one in group.values()]
        assert len(names) == len(set(names))
        for one in group.values():
            assert NAME.fullmatch(one["name"])
            for option in one.get("options", []):
                assert NAME.fullmatch(str(option["value"]))
    for definition in document["codebook"]["node"].values():
        assert definition["displayVariable"] in definition["variables"]


def test_it_is_written_as_network_canvas_opens_it(tmp_path, document):
    path = tmp_path / "learning.netcanvas"
    write_protocol(path)
    first = path.read_bytes()
    write_protocol(path)
    assert path.read_bytes() == first
    with zipfile.ZipFile(path) as archive:
        assert json.loads(archive.read("protocol.json")) == document


def test_another_ending_is_refused(tmp_path):
    with pytest.raises(UsageError, match="netcanvas"):
        write_protocol(tmp_path / "learning.zip")


def test_questions_are_not_taken_for_answers(tmp_path):
    (tmp_path / "protocol.json").write_text(json.dumps(protocol()), encoding="utf-8")
    write_protocol(tmp_path / "learning.netcanvas")
    for name in ("protocol.json", "learning.netcanvas"):
        with pytest.raises(DataError, match="questions, not answers"):
            read_network(tmp_path / name)
