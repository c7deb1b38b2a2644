"""Reading the school census: the performance tables' file, and the national one at school level."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from hedgerow.landscape.faults import Faults
from hedgerow.sources.census import schema
from hedgerow.sources.observing import Measured, observations
from hedgerow.sources.parting import Reason, part, without_urn
from hedgerow.sources.published_values import NOT_APPLICABLE, number
from hedgerow.sources.source_table import SourceTable, source_of
from hedgerow.sources.tabular import RawTable, read_table
from hedgerow.sources.vintage import split_vintage, vintage_of

PUPILS = number("pupils")
MEASURED = (
    Measured(measure="pupils", column="pupils", value=PUPILS, codes=schema.CENSUS_CODES),
    *(
        Measured(
            measure=measure,
            column=measure,
            value=number(measure),
            denominator=PUPILS,
            codes=schema.CENSUS_CODES,
        )
        for measure in ("fsm_eligible", "eal_pupils")
    ),
)


@dataclass(frozen=True, eq=False, kw_only=True)
class CensusTable(SourceTable):
    """The school census: observations in ``rows``, and what it says of places.

    Attributes
    ----------
    places : polars.DataFrame
        One row a school: ``urn`` (whole number), ``region``, ``la_code``, ``district_code``,
        ``district_name``, ``ward``, ``urban_rural``, ``trust_name``; null where the file does not
        say. ``trust_name`` is given for academies alone: the file has names of foundation trusts
        for some maintained schools, in the same column. Empty where the file has no such columns.
    """

    places: pl.DataFrame


def read(path: Path, faults: Faults) -> CensusTable:
    """Read a school census, whichever of the two layouts the file has.

    Facts are dated to the day of the January census. The figures of the two layouts are of
    different years and agree in kind: pupils on roll, those known to be eligible for free school
    meals (not those eligible in the last six years), those whose first language is known or
    believed to be other than English.

    Parameters
    ----------
    path : pathlib.Path
        May bear a vintage, ``england_census.csv@2019-01-17``.
    faults : Faults

    Returns
    -------
    CensusTable
        Rows are those of `Observations`: ``pupils``, ``fsm_eligible`` and ``eal_pupils``, all
        numbers of pupils; the last two have the pupils on roll as denominator. Set aside: totals of
        England, rows of no one school.

    Raises
    ------
    UsageError, DataError
        As `read_table` and `vintage_of`.
    """
    raw = read_table(
        path,
        source=schema.SOURCE,
        option=schema.OPTION,
        releases=schema.RELEASES,
        faults=faults,
    )
    reasons = {"summary row": Reason(pl.col("urn") == "NAT", "urn")}
    if "level" in raw.rows.columns:
        of_school = pl.col("level").str.to_lowercase() == "school"
        reasons["not of a school"] = Reason(~of_school, "level")
    used, aside = part(raw, {**reasons, **without_urn()}, faults=faults)
    day = _day(path, raw)
    source = source_of(
        raw,
        prefix="census",
        title=f"School census, January {day.year}",
        as_of=day,
        rows=used.height,
    )
    rows = observations(raw, used, MEASURED, on=day, source=source.id, faults=faults)
    return CensusTable(
        source=source,
        rows=_not_asked(rows, used),
        set_aside=aside,
        places=_places(used),
    )


def _day(path: Path, raw: RawTable) -> date:
    written = split_vintage(path)[1]
    if written:
        return written
    periods = (
        raw.rows["time_period"].drop_nulls().unique().to_list()
        if "time_period" in raw.rows.columns
        else []
    )
    # 202223 is the school year that ends in 2023
    held = [int(period[:4]) + 1 for period in periods if len(period) == 6 and period.isdigit()]
    if held:
        return schema.census_day(max(held))
    return schema.census_day(vintage_of(path, option=schema.OPTION, school_year_day=(1, 31)).year)


def _not_asked(rows: pl.DataFrame, used: pl.DataFrame) -> pl.DataFrame:
    """Say "not applicable" of what independent schools are not asked."""
    independent = used.filter(pl.col("school_type") == schema.INDEPENDENT)["urn"]
    not_asked = (
        (pl.col("measure") != "pupils")
        & pl.col("value").is_null()
        & pl.col("organisation").is_in(("urn:" + independent).implode())
    )
    return rows.with_columns(
        pl.when(not_asked).then(pl.lit(NOT_APPLICABLE)).otherwise("status").alias("status")
    )


def _places(used: pl.DataFrame) -> pl.DataFrame:
    wanted = [*schema.PLACES, "trust_name"]
    given = used if "academy" in used.columns else used.clear()
    given = given.with_columns(
        pl.lit(None, dtype=pl.String).alias(name) for name in wanted if name not in used.columns
    )
    named = [
        pl.when(~pl.col(name).is_in(schema.UNKNOWN)).then(name).alias(name)
        for name in schema.PLACES
    ]
    is_academy = pl.col("academy") == "Academy" if "academy" in given.columns else pl.lit(False)
    return given.select(
        pl.col("urn").cast(pl.Int64),
        *named,
        pl.when(is_academy).then("trust_name").alias("trust_name"),
    )
