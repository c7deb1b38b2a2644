"""Reading key stage 2 results."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from hedgerow.landscape.faults import Fault, Faults
from hedgerow.sources.ks2 import schema
from hedgerow.sources.observing import Measured, observations
from hedgerow.sources.parting import Reason, part, without_urn
from hedgerow.sources.published_values import number, share
from hedgerow.sources.source_table import SourceTable, source_of
from hedgerow.sources.tabular import RawTable, read_table
from hedgerow.sources.vintage import split_vintage, vintage_in_name, vintage_of

ELIGIBLE = number("eligible")
MEASURED = (
    Measured(
        measure="ks2_maths_expected",
        column="maths_expected",
        value=share("maths_expected"),
        denominator=ELIGIBLE,
        codes=schema.KS2_CODES,
    ),
    Measured(
        measure="ks2_maths_high",
        column="maths_high",
        value=share("maths_high"),
        denominator=ELIGIBLE,
        codes=schema.KS2_CODES,
    ),
    Measured(
        measure="ks2_rwm_expected",
        column="rwm_expected",
        value=share("rwm_expected"),
        denominator=ELIGIBLE,
        codes=schema.KS2_CODES,
    ),
)


def read(path: Path, faults: Faults) -> SourceTable:
    """Read the key stage 2 results of schools.

    Results are dated to 31 May, the end of the month of the tests, in the year of the tests:
    2018/19 is 31 May 2019. The year is the one written after ``@``; else the one that the file's
    own columns tell; else the one in its name. Shares are published as whole percentages, so a
    share of a small school is good to half a percentage point only. Figures of a single school rest
    on few pupils: they go up and down from year to year by chance. New schools without results have
    short rows in the published file; these are set aside as ragged.

    Parameters
    ----------
    path : pathlib.Path
        May bear a vintage, ``2018-850-ks2.csv@2019-05-31``.
    faults : Faults

    Returns
    -------
    SourceTable
        Rows are those of `Observations`: ``ks2_maths_expected``, ``ks2_maths_high`` and
        ``ks2_rwm_expected`` as shares of the eligible pupils, and ``ks2_maths_progress``, a score
        whose denominator is the number of pupils that it covers. A value that is not there says why
        in ``status``. Rows of authorities and of England are set aside as "summary row".

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
    day = _day(path, raw, faults)
    used, aside = part(
        raw,
        {
            "summary row": Reason(pl.col("record").is_in(schema.SUMMARIES), "record"),
            "unknown type of record": Reason(
                ~pl.col("record").is_in(schema.SCHOOLS).fill_null(False), "record", "1 to 5"
            ),
            **without_urn(),
        },
        faults=faults,
    )
    source = source_of(
        raw,
        # two files of one year may stand side by side: their rows are told apart by the source
        prefix="ks2-scores" if raw.release is schema.SCORES else "ks2",
        title=f"Key stage 2 performance tables, {day.year - 1}/{day.year % 100:02d}",
        as_of=day,
        rows=used.height,
    )
    return SourceTable(
        source=source,
        rows=observations(raw, used, _measured(raw), on=day, source=source.id, faults=faults),
        set_aside=aside,
    )


def _measured(raw: RawTable) -> list[Measured]:
    has_shares = "maths_expected" in raw.rows.columns
    covered = pl.lit(None, dtype=pl.Float64)
    if has_shares:
        covered = (ELIGIBLE * share("maths_coverage")).round(0)
    progress = Measured(
        measure="ks2_maths_progress",
        column="maths_progress",
        value=number("maths_progress"),
        denominator=covered,
        codes=schema.KS2_CODES,
    )
    # a year without progress has nothing to observe, not even a missing value
    has_progress = raw.rows["maths_progress"].is_not_null().any()
    return [*(MEASURED if has_shares else ()), *([progress] if has_progress else ())]


def _day(path: Path, raw: RawTable, faults: Faults) -> date:
    file, written = split_vintage(path)
    if written:
        return written
    in_name = vintage_in_name(file.name, school_year_day=schema.RESULTS_DAY)
    year = schema.year_of(raw.release)
    if year is None:
        named = vintage_of(path, option=schema.OPTION, school_year_day=schema.RESULTS_DAY)
        return schema.results_day(named.year)
    # a bare year in a name may be the first of the school year's two
    if in_name and in_name.year not in (year, year - 1):
        faults.add(
            Fault(
                kind="year in the name differs from the columns",
                file=file.name,
                found=f"{in_name.year} in the name",
                expected=f"{year}, as its columns say",
                advice=f"It is read as the results of {year}; else write {file.name}@YYYY-MM-DD.",
            )
        )
    return schema.results_day(year)
