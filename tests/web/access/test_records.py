"""Records are the inverse of tables: whatever a fieldbook tells comes back as it went in."""

from __future__ import annotations

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from hedgerow.fieldbook.merging import CONTRIBUTION
from hedgerow.fieldbook.plan import TABLES_OF_A_FIELDBOOK
from hedgerow.landscape.errors import DataError
from hedgerow.landscape.tables import TABLES
from hedgerow.web.evidence.models import Contribution
from hedgerow.web.evidence.recording import write_records
from hedgerow.web.evidence.tables import OWNER, told

pytestmark = pytest.mark.django_db


def brought(partnership, name="fieldbook", organisation="", state=Contribution.State.IN_FORCE):
    return Contribution.objects.create(
        partnership=partnership,
        name=name,
        kind=Contribution.Kind.FIELDBOOK,
        organisation=organisation,
        state=state,
    )


def test_every_table_of_the_made_up_region_comes_back_as_it_went_in(partnership, region):
    contribution = brought(partnership, organisation="mh:larksong")
    evidence = {name: table for name, table in region.evidence.items() if table.height}
    written = write_records(contribution, evidence, by=None)
    assert written == sum(table.height for table in evidence.values())
    back = told(partnership)
    assert list(back) == [name for name in TABLES_OF_A_FIELDBOOK if name in evidence]
    for name, table in evidence.items():
        assert_frame_equal(back[name].drop(CONTRIBUTION, OWNER), table)
        assert set(back[name][OWNER]) == {"mh:larksong"}
        assert set(back[name][CONTRIBUTION]) == {str(contribution.pk)}


@pytest.mark.parametrize("table", TABLES_OF_A_FIELDBOOK)
def test_a_row_with_nothing_but_what_it_must_have_keeps_its_types(partnership, table):
    empty = TABLES[table].create_empty()
    write_records(brought(partnership), {table: empty}, by=None)
    assert told(partnership) == {}
    assert empty.height == 0


def test_only_contributions_in_force_and_records_that_stand_are_told(partnership, region):
    concerns = region.evidence["concerns"].head(3)
    write_records(brought(partnership), {"concerns": concerns}, by=None)
    for state in Contribution.State:
        if state is not Contribution.State.IN_FORCE:
            write_records(brought(partnership, state, state=state), {"concerns": concerns}, by=None)
    first = partnership.contributions.get(state=Contribution.State.IN_FORCE).records.first()
    first.ended = first.begun
    first.save()
    assert_frame_equal(told(partnership)["concerns"].drop(CONTRIBUTION, OWNER), concerns.slice(1))


def test_what_no_fieldbook_holds_is_refused(partnership):
    with pytest.raises(DataError, match="holds no table “schools”"):
        write_records(brought(partnership), {"schools": pl.DataFrame({"id": ["urn:1"]})}, by=None)


def test_a_table_without_a_column_is_refused_and_nothing_is_written(partnership, region):
    tables = {
        "meetings": region.evidence["meetings"],
        "concerns": region.evidence["concerns"].drop("stage"),
    }
    with pytest.raises(DataError, match="lacks stage"):
        write_records(brought(partnership), tables, by=None)
    assert told(partnership) == {}
