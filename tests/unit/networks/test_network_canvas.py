"""Exports of Network Canvas, in the shapes that its programs write."""

from __future__ import annotations

from datetime import date

import pytest

from hedgerow.fieldbook.networks import CanvasOptions
from hedgerow.landscape.errors import DataError

EGO_HEAD = (
    "networkCanvasEgoUUID,networkCanvasCaseID,networkCanvasSessionID,networkCanvasProtocolName,"
    "sessionStart,sessionFinish,sessionExported,consents,organisation,role\n"
)
NODE_HEAD = (
    "nodeID,networkCanvasEgoUUID,networkCanvasUUID,turns_to,learned_from,layout_x,name,works_hub\n"
)
FILES = {
    "one_s1_ego.csv": EGO_HEAD
    + "e1,one,s1,Learning,2022-03-01T15:36:41.844Z,,2022-03-09T00:00:00Z,true,Bramble,teacher\n",
    "one_s1_attributeList_Person.csv": NODE_HEAD
    + "1,e1,u1,true,true,0.5,AB,false\n2,e1,u2,false,,0.25,CD,true\n",
    "one_s1_attributeList_Group.csv": (
        "nodeID,networkCanvasEgoUUID,networkCanvasUUID,belongs_to,name\n3,e1,u3,true,Hazel Hub\n"
    ),
    "one_s1_edgeList_talks_with.csv": (
        '"edgeID","from","to","networkCanvasEgoUUID","networkCanvasUUID",'
        '"networkCanvasSourceUUID","networkCanvasTargetUUID"\n1,1,2,"e1","x","u1","u2"\n'
    ),
    "two_s2_ego.csv": EGO_HEAD + "e2,two,s2,Learning,2022-04-01T10:00:00Z,,,true,Hazel,head\n",
    "two_s2_attributeList_Person.csv": NODE_HEAD + "1,e2,v1,true,false,0.1,AB,false\n",
    "two_s2_attributeList_Group.csv": (
        "nodeID,networkCanvasEgoUUID,networkCanvasUUID,belongs_to,name\n2,e2,v2,true,Hazel Hub\n"
    ),
    "no_s3_ego.csv": EGO_HEAD + "e3,no,s3,Learning,2022-04-02T10:00:00Z,,,false,,\n",
    "no_s3_attributeList_Person.csv": NODE_HEAD + "1,e3,w1,true,false,0.1,Secret,false\n",
}
GRAPHML = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"
 xmlns:nc="http://schema.networkcanvas.com/xmlns">
<key id="k-role" attr.name="role" attr.type="string" for="graph"/>
<key id="label" attr.name="label" attr.type="string" for="all"/>
<key id="networkCanvasType" attr.name="networkCanvasType" attr.type="string" for="all"/>
<key id="networkCanvasUUID" attr.name="networkCanvasUUID" attr.type="string" for="all"/>
<key id="k-turns" attr.name="turns_to" attr.type="boolean" for="node"/>
<key id="k-name" attr.name="name" attr.type="string" for="node"/>
<key id="networkCanvasTargetUUID" attr.name="networkCanvasTargetUUID" for="edge"/>
<key id="networkCanvasSourceUUID" attr.name="networkCanvasSourceUUID" for="edge"/>
<graph edgedefault="undirected" nc:caseId="one" nc:sessionUUID="s1" nc:protocolName="Learning"
 nc:sessionStartTime="2022-03-01T15:36:41.844Z" nc:sessionExportTime="2022-03-09T00:00:00Z">
<data key="networkCanvasUUID">e1</data><data key="k-role">teacher</data>
<node id="1"><data key="networkCanvasUUID">u1</data><data key="networkCanvasType">Person</data>
<data key="label">AB</data><data key="k-turns">true</data><data key="k-name">AB</data></node>
<node id="2"><data key="networkCanvasUUID">u2</data><data key="networkCanvasType">Person</data>
<data key="label">CD</data><data key="k-turns">false</data><data key="k-name">CD</data></node>
<edge id="1" source="1" target="2"><data key="networkCanvasUUID">x</data>
<data key="networkCanvasType">talks_with</data>
<data key="networkCanvasSourceUUID">u1</data><data key="networkCanvasTargetUUID">u2</data></edge>
</graph></graphml>"""


def test_who_was_named_for_what_becomes_ties(read):
    found = read(FILES)
    assert found.format == "network-canvas"
    ties = found.network.ties.select("from_id", "to_id", "kind", "start", "is_directed").rows()
    first, second = date(2022, 3, 1), date(2022, 4, 1)
    assert set(ties) == {
        ("e1", "u1", "turns_to", first, True),
        ("e1", "u1", "learned_from", first, True),
        ("e1", "u2", "named", first, True),
        ("e1", "u3", "member_of", first, True),
        ("u1", "u2", "talks_with", first, False),
        ("e2", "v1", "turns_to", second, True),
        ("e2", "v2", "member_of", second, True),
    }
    assert found.network.ties["start_censored"].all()


def test_nodes_keep_their_answers_without_the_bookkeeping(read):
    network = read(FILES).network
    node = network.nodes.filter(id="u2").to_dicts()[0]
    assert {name: value for name, value in node.items() if value is not None} == {
        "id": "u2",
        "kind": "Person",
        "label": "CD",
        "layout_x": "0.25",
        "works_hub": "true",
        "interview": "one",
    }
    ego = network.nodes.filter(id="e1").to_dicts()[0]
    assert (ego["kind"], ego["label"], ego["organisation"], ego["role"]) == (
        "ego",
        "one",
        "Bramble",
        "teacher",
    )


def test_one_name_in_two_interviews_is_kept_apart_and_told(read):
    found = read(FILES)
    told = {fault.found for fault in found.faults if fault.kind.startswith("the same name")}
    assert told == {"AB, in 2 interviews", "Hazel Hub, in 2 interviews"}


def test_groups_are_merged_by_name_where_asked(read):
    found = read(FILES, canvas=CanvasOptions(merge=("Group",)))
    members = found.network.ties.filter(kind="member_of").select("from_id", "to_id").rows()
    assert set(members) == {("e1", "u3"), ("e2", "u3")}
    assert found.network.nodes.filter(id="v2").is_empty()
    assert found.network.nodes.filter(id="v1").height == 1


def test_an_interview_without_consent_is_left_out_unread(read):
    found = read(FILES)
    assert found.network.nodes.filter(id="w1").is_empty()
    (fault,) = (fault for fault in found.faults if fault.kind == "interview without consent")
    assert fault.found == "no"
    assert "Secret" not in str(found.set_aside.to_dicts()) + str(found.faults.table().to_dicts())


def test_prompts_of_another_protocol_can_be_given(read):
    found = read(FILES, canvas=CanvasOptions(prompts={"works_hub": "visits"}, name="name"))
    ties = found.network.ties.filter(from_id="e1").select("to_id", "kind").rows()
    assert set(ties) == {("u1", "named"), ("u2", "visits"), ("u3", "named")}


def test_graphml_tells_the_same_as_the_tables(read):
    found = read(GRAPHML)
    assert found.format == "network-canvas"
    assert found.network.nodes.select("id", "kind", "label").rows() == [
        ("e1", "ego", "one"),
        ("u1", "Person", "AB"),
        ("u2", "Person", "CD"),
    ]
    assert found.network.nodes.filter(id="e1")["role"].to_list() == ["teacher"]
    ties = found.network.ties.select("from_id", "to_id", "kind", "start", "is_directed").rows()
    assert set(ties) == {
        ("e1", "u1", "turns_to", date(2022, 3, 1), True),
        ("e1", "u2", "named", date(2022, 3, 1), True),
        ("u1", "u2", "talks_with", date(2022, 3, 1), False),
    }
    assert "label" not in found.network.node_attributes


def test_an_interview_in_both_forms_is_read_once(read):
    found = read({**FILES, "one_s1.graphml": GRAPHML})
    assert found.network == read(FILES, name="tables alone").network


def test_a_node_whose_interview_is_missing_is_kept_and_told(read):
    found = read({"one_s1_attributeList_Person.csv": FILES["one_s1_attributeList_Person.csv"]})
    assert found.network.nodes["id"].to_list() == ["u1", "u2"]
    assert {fault.kind for fault in found.faults} == {"node of an interview that is not there"}


def test_an_export_without_interviews_is_refused(read):
    with pytest.raises(DataError, match="holds no interview"):
        read({"readme.txt": "hello"}, format="network-canvas")
