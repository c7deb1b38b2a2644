"""Before and after, on the made-up region: terms in order, what went before said, no name."""

from __future__ import annotations

import polars as pl
import pytest

from hedgerow.fieldbook.made_up.open_files import write_open_files
from hedgerow.fieldbook.made_up.plan import STUDY_DAY
from hedgerow.fieldbook.made_up.region import make_region
from hedgerow.landscape.evidence import with_evidence
from hedgerow.landscape.places import find_place
from hedgerow.localities.before_and_after import TERMS, before_and_after
from hedgerow.sources.register import RegisterInputs, build, open_register
from tests.made_up import brambleford


@pytest.fixture(scope="module")
def region(tmp_path_factory):
    folder = tmp_path_factory.mktemp("region")
    made = make_region()
    build(RegisterInputs(**vars(write_open_files(made, folder / "open"))), folder / "register")
    return with_evidence(open_register(folder / "register"), made.evidence)


def studies(landscape, place):
    here = landscape.through(find_place(landscape, place), on=STUDY_DAY, phase="primary")
    return {one.id: one for one in before_and_after(here)}


def test_without_local_evidence_there_is_none():
    made = brambleford().landscape()
    assert before_and_after(made.through(find_place(made, "authority:Brambleford"))) == ()


def test_the_loss_of_the_person_who_linked_most_is_seen_in_the_town(region):
    found = studies(region, "authority:Town")["leaving"]
    assert found.terms.schema == pl.Schema(TERMS)
    # of what there was the term before, more went with them than in any other term
    lost = dict(
        found.terms.select("term", 1 - pl.col("value") / pl.col("value").shift()).rows()[1:]
    )
    assert max(lost, key=lost.__getitem__) == 0
    assert lost[0] > 0.25
    assert found.terms["term"].to_list() == sorted(found.terms["term"])
    assert "moved by" in found.before
    assert "person:" not in found.title + found.before + found.caveat


def test_what_went_before_joining_is_shown(region):
    found = studies(region, "authority:Town")["joining-a-trust"]
    assert (found.terms["term"] < 0).sum() >= 3
    assert found.terms.filter("is_left_out")["term"].to_list() == [-1]
    assert found.terms["low"].null_count() == 0
    assert "not by lot" in found.caveat
