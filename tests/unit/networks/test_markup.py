"""GraphML and GEXF as other programs write them, and hostile XML."""

from __future__ import annotations

from datetime import date

import pytest

from hedgerow.landscape.errors import DataError

YED = """<?xml version="1.0"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
<key for="node" id="d6" yfiles.type="nodegraphics"/>
<key for="edge" id="d9" attr.name="since" attr.type="string"><default>2020-09-01</default></key>
<graph edgedefault="undirected" id="G">
<node id="n0"><data key="d6"><y:ShapeNode><y:NodeLabel> Bramble <y:Model/></y:NodeLabel>
</y:ShapeNode></data></node>
<node id="n1"/>
<edge id="e0" source="n0" target="n1"/>
<edge id="e1" source="n1" target="n0" directed="true"><data key="d9">2021-09-01</data></edge>
<edge id="e2" source="n1"/>
<hyperedge><endpoint node="n0"/></hyperedge>
</graph></graphml>"""

GEXF = """<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz">
<graph mode="dynamic" defaultedgetype="directed" timeformat="date">
<attributes class="node"><attribute id="0" title="phase" type="string"/></attributes>
<attributes class="edge"><attribute id="0" title="carrier" type="string"/></attributes>
<nodes><node id="a" label="Bramble" start="2019-09-01"><attvalues>
<attvalue for="0" value="Primary" end="2020-09-01"/><attvalue for="0" value="Middle"/></attvalues>
<viz:position x="1.5" y="-2"/></node>
<node id="b"><nodes><node id="c" label="Inner"/></nodes></node></nodes>
<edges><edge source="a" target="b" kind="visits" weight="2"><attvalues>
<attvalue for="0" value="Ada"/></attvalues>
<spells><spell start="2020-01-01" end="2020-12-31"/><spell start="2021-09-01"/></spells></edge>
<edge source="b" target="c" type="undirected" start="2020-01-01" endopen="2020-02-01"/></edges>
</graph></gexf>"""

BOMB = """<?xml version="1.0"?><!DOCTYPE g [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>
<graphml><graph><node id="&b;"/></graph></graphml>"""


def test_yed_draws_labels(read):
    found = read(YED)
    assert found.network.nodes.select("id", "label").rows() == [("n0", "Bramble"), ("n1", "n1")]
    assert found.network.ties.select("from_id", "start", "is_directed").rows() == [
        ("n0", date(2020, 9, 1), False),
        ("n1", date(2021, 9, 1), True),
    ]
    kinds = [fault.kind for fault in found.faults]
    assert kinds == ["tie without two ends", "edge of more than two ends"]
    assert found.set_aside.height == 2


def test_gexf_spells_are_ties_of_their_own_and_end_a_day_later(read):
    found = read(GEXF)
    ties = found.network.ties.select("kind", "number", "start", "end", "carrier", "is_directed")
    assert ties.rows() == [
        ("visits", 0, date(2020, 1, 1), date(2021, 1, 1), "Ada", True),
        ("visits", 1, date(2021, 9, 1), None, "Ada", True),
        ("tie", 0, date(2020, 1, 1), date(2020, 2, 1), None, False),
    ]
    nodes = found.network.nodes.filter(id="a").to_dicts()[0]
    assert (nodes["phase"], nodes["x"], nodes["y"]) == ("Middle", "1.5", "-2")
    assert len(found.network.told) == 2


def test_entities_are_not_unfolded(read):
    with pytest.raises(DataError, match="entities"):
        read(BOMB)
    with pytest.raises(DataError, match="entities"):
        read(BOMB.encode("utf-16"), name="wide")


def test_two_keys_of_one_name_are_one_attribute(read):
    found = read(
        '<graphml><key id="k" attr.name="note" for="edge"/>'
        '<key id="l" attr.name="note" for="edge"/>'
        '<graph><node id="a"/><edge source="a" target="a"><data key="l">x</data></edge>'
        '<edge source="a" target="a"><data key="k">y</data></edge></graph></graphml>'
    )
    assert found.network.ties["note"].to_list() == ["x", "y"]


def test_unprintable_characters_are_marked_and_told(read):
    found = read('{"elements": [{"label": "a\\u0001b\\ud800"}], "connections": []}')
    assert found.network.nodes["id"].to_list() == ["a\ufffdb\ufffd"]
    assert {fault.kind for fault in found.faults} == {"unprintable characters"}


def test_an_attribute_that_bears_one_of_our_names_is_renamed(read):
    found = read(
        '<graphml><key id="k" attr.name="id" for="node"/><key id="l" attr.name="title" for="node"/>'
        '<key id="m" attr.name="label" for="node"/><graph><node id="a"><data key="k">7</data>'
        '<data key="l">Miss</data><data key="m">Ada</data></node></graph></graphml>'
    )
    assert found.network.nodes.to_dicts() == [
        {"id": "a", "kind": None, "label": "Ada", "given id": "7", "given title": "Miss"}
    ]
