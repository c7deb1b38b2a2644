"""What was observed of the place's schools nearest to the day asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from hedgerow.features.state_schools import no_schools, state_schools
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.landscape import Landscape, LocalLandscape
from hedgerow.landscape.measures import MEASURES

FULL_ENOUGH = 0.5
"""A day counts when it has values for at least this share of the schools that the best-covered day
has."""

LEAST_COVERAGE = 0.5
"""Share of the place's schools of which a value must be known for a figure to stand for all."""

WHICH_DAY = (
    "The values are those of the day nearest to the one asked for on which at least half as many "
    "of the schools have one as on the best-covered day; with values for fewer than half of the "
    "schools nothing is said."
)
"""Which day's values are taken, for the formula of an indicator."""


@dataclass(frozen=True)
class Observed:
    """One measure of the place's schools on one day.

    Attributes
    ----------
    rows : polars.DataFrame
        Columns ``id``, ``value``, ``denominator`` (null where not given), ``is_inherited``; schools
        with a known value.
    day : datetime.date
        The day that the values describe.
    missing : int
        Schools of the place without a known value on that day.
    sources : tuple of str
    """

    rows: pl.DataFrame
    day: date
    missing: int
    sources: tuple[str, ...]

    @property
    def inherited(self) -> int:
        """Schools whose value is that of the one school that they succeeded."""
        return int(self.rows["is_inherited"].sum())

    @property
    def caveat(self) -> str:
        """What to say of inherited values; empty where there are none."""
        if not self.inherited:
            return ""
        return (
            f"For {self.inherited:,} of the schools the value is that of the school they succeeded."
        )

    def put_to(self, reading: Reading) -> Reading:
        """Give a reading the day, the sources and the caveat of what was observed."""
        caveat = " ".join(part for part in (reading.caveat, self.caveat) if part)
        return replace(reading, as_of=self.day, sources=self.sources, caveat=caveat)


def observed(
    here: LocalLandscape, measure: str, *, inherits: bool = False, would_tell: str = ""
) -> Observed | NotMeasured:
    """Give one measure of the place's state schools on the day nearest to the one asked for.

    Days on which fewer than half as many of the schools have a value as on the best-covered day are
    passed over, so that a file about a few schools does not stand for the place; of two equally
    near days the earlier is taken.

    Parameters
    ----------
    here : LocalLandscape
    measure : str
        One of `MEASURES`.
    inherits : bool
        Whether a school without a value takes that of its one predecessor.
    would_tell : str
        What to say would give a value when there is none.
    """
    return here.worked_out(
        ("observed", measure, inherits), lambda: _observed(here, measure, inherits, would_tell)
    )


def _observed(
    here: LocalLandscape, measure: str, inherits: bool, would_tell: str
) -> Observed | NotMeasured:
    schools = state_schools(here).select("id")
    if schools.is_empty():
        return no_schools(here)
    known = _known(here.whole, measure)
    rows = known.join(schools, left_on="organisation", right_on="id", how="semi").select(
        pl.col("organisation").alias("id"),
        "date",
        "value",
        "denominator",
        "source",
        pl.lit(False).alias("is_inherited"),
    )
    if inherits:
        rows = pl.concat([rows, _inherited(here.whole, known, schools, rows)])
    if rows.is_empty():
        return NotMeasured(
            reason=f"{MEASURES[measure]}: the register holds no value for any school here.",
            would_tell=would_tell or "A register built with a file that has it.",
            missing=schools.height,
        )
    counts = rows.group_by("date").len().sort("date")
    full = counts.filter(pl.col("len") >= FULL_ENOUGH * pl.col("len").max())
    day: date = min(full["date"], key=lambda one: (abs((one - here.on).days), one))
    chosen = rows.filter(pl.col("date") == day)
    if chosen.height < LEAST_COVERAGE * schools.height:
        return NotMeasured(
            reason=f"{MEASURES[measure]}: known for only {chosen.height:,} of the "
            f"{schools.height:,} schools here, too few to stand for all.",
            would_tell=would_tell or "A register built with a file that has it.",
            n=chosen.height,
            missing=schools.height - chosen.height,
        )
    return Observed(
        rows=chosen.drop("date", "source"),
        day=day,
        missing=schools.height - chosen.height,
        sources=tuple(sorted(chosen["source"].unique())),
    )


def _known(whole: Landscape, measure: str) -> pl.DataFrame:
    """Known values of a measure, one for each organisation and date: of two sources the first."""
    return whole.worked_out(("known values", measure), lambda: _known_values(whole, measure))


def values_of(whole: Landscape, measure: str) -> pl.DataFrame:
    """Give all values of a measure, of every organisation, day and source.

    Returns
    -------
    polars.DataFrame
        Columns ``organisation``, ``date``, ``source``, ``value`` (never null), ``denominator``, in
        order as in the table of observations, which is the same on every day.
    """
    return whole.all_days.worked_out(
        ("values of", measure),
        lambda: (
            whole.table("observations")
            .select("organisation", "date", "source", "value", "denominator", "measure")
            .filter(pl.col("measure") == measure, pl.col("value").is_not_null())
            .drop("measure")
        ),
    )


def _known_values(whole: Landscape, measure: str) -> pl.DataFrame:
    known = values_of(whole, measure)
    if measure == "pupils":
        known = pl.concat([known, _register_values(whole, known)])
    if _is_ascending(known):
        return known
    once = known.group_by("date").agg(pl.len() == pl.col("organisation").n_unique())["len"]
    if once.all():
        return known
    return known.sort("organisation", "date", "source").unique(
        ["organisation", "date"], keep="first", maintain_order=True
    )


def _is_ascending(known: pl.DataFrame) -> bool:
    """Say whether every row comes after the one before it by organisation, then date, so that no
    two are of the same: true of observations as a register keeps them, and soon told."""
    name, day = pl.col("organisation"), pl.col("date")
    later = (name > name.shift()) | ((name == name.shift()) & (day > day.shift()))
    return bool(known.select(later.slice(1).all()).item())


def _register_values(whole: Landscape, known: pl.DataFrame) -> pl.DataFrame:
    """Pupils on roll as the schools table has them, as observations of the register's day, where
    they are not among the observations."""
    if whole.as_of is None:
        return known.clear()
    return (
        whole.schools.select(
            pl.col("id").alias("organisation"),
            pl.lit(whole.as_of).alias("date"),
            "source",
            pl.col("pupils").cast(pl.Float64).alias("value"),
            pl.lit(None, pl.Float64).alias("denominator"),
        )
        .drop_nulls("value")
        .join(
            known.filter(pl.col("date") == whole.as_of),
            on=["organisation", "source"],
            how="anti",
            maintain_order="left",
        )
    )


def _inherited(
    whole: Landscape, known: pl.DataFrame, schools: pl.DataFrame, own: pl.DataFrame
) -> pl.DataFrame:
    """Values of a school's predecessor, for schools that have exactly one and no own value on that
    day."""
    return (
        _single_predecessors(whole)
        .join(schools, on="id", how="semi")
        .join(known, left_on="predecessor", right_on="organisation")
        .select("id", "date", "value", "denominator", "source", pl.lit(True).alias("is_inherited"))
        .join(own, on=["id", "date"], how="anti")
    )


def _single_predecessors(whole: Landscape) -> pl.DataFrame:
    return whole.worked_out(
        "single predecessors",
        lambda: (
            whole.ties.filter(pl.col("kind") == "succeeds")
            .select(pl.col("from_id").alias("id"), pl.col("to_id").alias("predecessor"))
            .unique()
            .filter(pl.len().over("id") == 1)
        ),
    )


def last_grades(here: LocalLandscape, schools: pl.DataFrame) -> pl.DataFrame:
    """Give each school's last graded inspection up to the day.

    Returns
    -------
    polars.DataFrame
        Columns of the table of observations, one row a school that has a grade.
    """
    return (
        values_of(here.whole, "inspection_grade")
        .filter(pl.col("date") <= here.on)
        .join(schools.select("id"), left_on="organisation", right_on="id", how="semi")
        .sort("date", "source")
        .group_by("organisation")
        .last()
    )
