"""Schools that joined a trust, and in which terms each worked with its Maths Hub, before and
after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.features.professional_learning.records import LEAST_DAYS
from hedgerow.features.professional_learning.school_terms import term_in_column, term_of
from hedgerow.features.professional_learning.sustained import BEGUN_DAYS
from hedgerow.features.state_schools import all_state_schools, no_schools, state_schools
from hedgerow.landscape.finding import NotMeasured
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.phases import is_of_phase
from hedgerow.landscape.succession import under_present_identifiers
from hedgerow.methods.stacked import StackedEffects, Window, stacked_effects

JOINING_NEEDED = (
    "participation.school",
    "participation.start",
    "participation.end",
    "activities.provider",
    "ties.governs",
)
"""What the panel rests on, as declared by an indicator."""

MOST_TERMS = 24
"""How many terms up to the day are looked at: eight school years."""

LEAST_TRUST = 2
"""Schools that a trust must have, the joining one among them, for a school to join it."""

WINDOW = Window(before=6, after=6, anticipation=1, least_active=1 / 3)
"""Two school years before and after; the term before joining is left out, as a school that is about
to join may already be changing its ways. Schools that worked with the hub in fewer than two in six
of the terms before had no link to give up."""


@dataclass(frozen=True, eq=False)
class Panel:
    """Schools by terms.

    Attributes
    ----------
    schools : tuple of str
    terms : array of int, shape (terms,)
        Running numbers of school terms.
    engaged : array of shape (schools, terms)
        1 where the school worked with a Maths Hub in the term, 0 where not; NaN where there is no
        record of any school of its authority.
    begins : array of shape (schools,)
        Column of the term in which it joined a trust; infinite where it never did, NaN where it
        takes no part: in a trust before the first term, or joined on an unknown day.
    trusts : tuple of str or None
        Which trust it joined.
    strata : tuple of str or None
        Authority: schools are compared within it, as hubs and alliances come and go by place.
    is_local : array of bool, shape (schools,)
    sources : tuple of str
    """

    schools: tuple[str, ...]
    terms: NDArray[np.int64]
    engaged: NDArray[np.float64]
    begins: NDArray[np.float64]
    trusts: tuple[str | None, ...]
    strata: tuple[str | None, ...]
    is_local: NDArray[np.bool_]
    sources: tuple[str, ...]

    def local(self) -> Panel:
        """Give the schools of the place alone."""
        rows = np.flatnonzero(self.is_local)
        return Panel(
            schools=tuple(self.schools[row] for row in rows),
            terms=self.terms,
            engaged=self.engaged[rows],
            begins=self.begins[rows],
            trusts=tuple(self.trusts[row] for row in rows),
            strata=tuple(self.strata[row] for row in rows),
            is_local=self.is_local[rows],
            sources=self.sources,
        )

    def effects(self) -> StackedEffects:
        """Give the effect of joining on each joiner that can be compared."""
        return stacked_effects(self.engaged, self.begins, WINDOW, list(self.strata))


def panel(here: LocalLandscape) -> Panel | NotMeasured:
    """Give the schools of the place, and those elsewhere of its trusts' authorities, by term.

    Only authorities of which some school has a record with a Maths Hub are in it.
    """
    return here.worked_out("panel of joiners", lambda: _panel(here))


def _panel(here: LocalLandscape) -> Panel | NotMeasured:
    schools = state_schools(here)
    if schools.is_empty():
        return no_schools(here)
    records = _hub_records(here)
    if records.is_empty():
        return NotMeasured(
            reason="No Maths Hub gave records of which schools took part, so nothing can be set "
            "beside joining a trust.",
            would_tell="The hub's lists of participants of several years.",
            missing=schools.height,
        )
    everywhere = all_state_schools(here.whole).filter(is_of_phase(here.phase))
    heard = everywhere.join(records, left_on="id", right_on="school", how="semi")["authority"]
    units = everywhere.filter(pl.col("authority").is_in(heard.unique().implode())).sort("id")
    local = pl.col("id").is_in(schools["id"].implode())
    if not units.select(local.any()).item():
        return NotMeasured(
            reason="No Maths Hub gave records of schools here.",
            would_tell="The hub's lists of participants of several years.",
            missing=schools.height,
        )
    last = term_of(here.on - timedelta(days=BEGUN_DAYS))
    first = max(_number(records["from"].min()), last - MOST_TERMS + 1)
    terms = np.arange(first, last + 1)
    ids = tuple(units["id"])
    joined = _joined(here, first)
    begins = np.full(len(ids), np.inf)
    trusts: list[str | None] = [None] * len(ids)
    for row, school in enumerate(ids):
        if school in joined:
            term, trust = joined[school]
            begins[row] = np.nan if term is None else term - first
            trusts[row] = trust
    # who joins after the last term looked at has not joined yet
    begins[begins > last - first] = np.inf
    return Panel(
        schools=ids,
        terms=terms,
        engaged=_engaged(records, ids, terms),
        begins=begins,
        trusts=tuple(trusts),
        strata=tuple(units["authority"]),
        is_local=units.select(local)["id"].to_numpy(),
        sources=tuple(sorted(records["source"].unique())),
    )


def _number(value: object) -> int:
    assert isinstance(value, int)  # terms are whole numbers, and there are some
    return value


def _hub_records(here: LocalLandscape) -> pl.DataFrame:
    """Records with a Maths Hub that began by the day: ``school``, terms ``from`` and ``to``,
    ``source``."""
    return here.whole.worked_out(("hub records", here.on), lambda: _all_hub_records(here))


def _all_hub_records(here: LocalLandscape) -> pl.DataFrame:
    whole = here.whole
    hubs = whole.all_days.organisations.filter(pl.col("kind") == "maths_hub").select(
        pl.col("id").alias("provider")
    )
    activities = (
        whole.table("activities")
        .join(hubs, on="provider", how="semi")
        .select(pl.col("id").alias("activity"))
    )
    first = term_in_column(pl.col("start"))
    last_day = pl.col("end") - timedelta(days=LEAST_DAYS)
    return (
        under_present_identifiers(whole.table("participation"), whole, "school")
        .filter(pl.col("start") <= here.on)
        .join(activities, on="activity", how="semi")
        .select(
            "school",
            first.alias("from"),
            pl.max_horizontal(first, term_in_column(last_day)).alias("to"),
            "source",
        )
    )


def _engaged(
    records: pl.DataFrame, schools: tuple[str, ...], terms: NDArray[np.int64]
) -> NDArray[np.float64]:
    row_of = {school: row for row, school in enumerate(schools)}
    table = np.zeros((len(schools), terms.size))
    for school, begin, end in records.select("school", "from", "to").iter_rows():
        row = row_of.get(school)
        if row is not None:
            table[row, (terms >= begin) & (terms <= end)] = 1.0
    return table


def _joined(here: LocalLandscape, first: int) -> dict[str, tuple[int | None, str]]:
    """First term from ``first`` on in which each school joined a trust, and the trust.

    None for the term where the school takes no part: it was in a trust of several before, or the
    day is not known. Founding a trust with nobody else is no joining.
    """
    whole = here.whole
    trusts = whole.all_days.organisations.filter(pl.col("kind") == "trust").select("id")
    governs = (
        under_present_identifiers(
            whole.all_days.ties.filter(pl.col("kind") == "governs"), whole, "to_id"
        )
        .join(trusts, left_on="from_id", right_on="id", how="semi")
        .filter(pl.col("start").is_null() | (pl.col("start") <= here.on))
    )
    beside = (
        governs.join(
            governs.select("from_id", "to_id", "start", "end"), on="from_id", suffix=" other"
        )
        .filter(
            pl.col("to_id") != pl.col("to_id other"),
            pl.col("start other").is_null() | (pl.col("start other") <= pl.col("start")),
            pl.col("end other").is_null() | (pl.col("end other") > pl.col("start")),
        )
        .group_by("from_id", "to_id", "number")
        .agg(pl.col("to_id other").n_unique().alias("others"))
    )
    moves = governs.join(beside, on=["from_id", "to_id", "number"], how="left").with_columns(
        pl.col("others").fill_null(0),
        term_in_column(pl.col("start")).alias("term"),
        (pl.col("start").is_null() | pl.col("start_censored")).alias("is_unknown"),
    )
    found: dict[str, tuple[int | None, str]] = {}
    rows = moves.sort("to_id", "start", "from_id").select(
        "to_id", "from_id", "term", "others", "is_unknown"
    )
    for school, trust, term, others, is_unknown in rows.iter_rows():
        before = found.get(school)
        if before is not None and before[0] is not None:
            continue  # the first joining counts
        if is_unknown:
            found[school] = (None, trust)
        elif others + 1 >= LEAST_TRUST:
            found[school] = (None if term < first else term, trust)
    return found
