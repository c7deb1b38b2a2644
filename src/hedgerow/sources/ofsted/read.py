"""Reading inspection outcomes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from hedgerow.landscape.faults import Faults
from hedgerow.sources.ofsted import schema
from hedgerow.sources.parting import Reason, part, without_urn
from hedgerow.sources.published_values import NOT_APPLICABLE, NOT_AVAILABLE, OBSERVED, day
from hedgerow.sources.source_table import SourceTable, source_of
from hedgerow.sources.tabular import RawTable, read_table
from hedgerow.sources.vintage import vintage_of


@dataclass(frozen=True)
class _Inspection:
    """Our names of the columns that tell of one inspection; report cards have no grade."""

    date: str
    urn: str
    grade: str | None


INSPECTIONS = (
    _Inspection("date", "grade_urn", "grade"),
    _Inspection("previous_date", "previous_urn", "previous_grade"),
    _Inspection("card_date", "card_urn", None),
)


@dataclass(frozen=True, eq=False, kw_only=True)
class InspectionTable(SourceTable):
    """Inspection outcomes: observations in ``rows``, and whose inspections they were.

    Attributes
    ----------
    inherited : polars.DataFrame
        Inspections of a school's predecessor that Ofsted lists under the school: ``organisation``,
        ``date``, ``urn_at_inspection``. Such a grade was given before the school opened under its
        present URN.
    """

    inherited: pl.DataFrame


def read(path: Path, faults: Faults) -> InspectionTable:
    """Read the overall grade of inspections, with its date.

    A row of the file tells of a school's latest full inspection and often of the one before: both
    become observations, dated to the first day of the inspection. Since September 2024 inspections
    give no overall grade: such an inspection is there with the status "not applicable", and the
    last grade keeps its older date. A school never inspected is "not available" on the day of the
    file. Ofsted lists the last inspection of a predecessor under the school that followed it, and
    so does this; see ``inherited``. Ungraded inspections give no grade and are left out.

    Parameters
    ----------
    path : pathlib.Path
        CSV, XLSX or ODS, title rows or none; may bear a vintage.
    faults : Faults

    Returns
    -------
    InspectionTable
        Rows are those of `Observations` with measure ``inspection_grade``: 1 outstanding, 2 good, 3
        requires improvement (satisfactory before September 2012), 4 inadequate.

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
    present = [item for item in INSPECTIONS if item.date in raw.rows.columns]
    rows = _tidy(raw, present)
    used, aside = part(raw, _reasons(present), faults=faults, rows=rows)
    for item in present:
        _note_strange(used, item, raw, faults)
    latest = pl.concat([used.select(pl.col(f"_{item.date}").alias("day")) for item in present])
    as_of = vintage_of(path, option=schema.OPTION, held=latest.select(pl.col("day").max()).item())
    source = source_of(
        raw,
        prefix="ofsted",
        title="State-funded schools: inspections and outcomes",
        publisher=schema.PUBLISHER,
        as_of=as_of,
        rows=used.height,
    )
    found = pl.concat([_inspections(used, item) for item in present])
    found = found.unique(["urn", "date"], keep="first", maintain_order=True)
    never = used.join(found, on="urn", how="anti").select(
        "urn",
        pl.lit(as_of).alias("date"),
        pl.lit(None, dtype=pl.Float64).alias("value"),
        pl.lit(NOT_AVAILABLE).alias("status"),
        pl.lit(None, dtype=pl.String).alias("urn_at_inspection"),
    )
    return InspectionTable(
        source=source,
        rows=pl.concat([found, never]).select(
            (pl.lit("urn:") + pl.col("urn")).alias("organisation"),
            pl.lit("inspection_grade").alias("measure"),
            "date",
            pl.lit(source.id).alias("source"),
            "value",
            pl.lit(None, dtype=pl.Float64).alias("denominator"),
            "status",
        ),
        set_aside=aside,
        inherited=found.filter(pl.col("urn_at_inspection") != pl.col("urn")).select(
            (pl.lit("urn:") + pl.col("urn")).alias("organisation"), "date", "urn_at_inspection"
        ),
    )


def _tidy(raw: RawTable, present: list[_Inspection]) -> pl.DataFrame:
    """Empty what stands for nothing, and read the days of the inspections."""
    ours = [name for name in raw.rows.columns if name != "row"]
    nothing = pl.col(ours).str.to_uppercase().is_in(schema.NOTHING)
    return raw.rows.with_columns(
        pl.when(~nothing).then(pl.col(ours).str.replace(r"\.0+$", "")).name.keep()
    ).with_columns(day(item.date).alias(f"_{item.date}") for item in present)


def _reasons(present: list[_Inspection]) -> dict[str, Reason]:
    latest = present[0]
    graded = pl.col("grade").str.to_uppercase().is_in(list(schema.GRADES))
    reasons = without_urn()
    # a list of all inspections has a school as often as it was inspected
    reasons["URN given before"] = Reason(
        ~pl.struct("urn", latest.date).is_first_distinct(), "urn", "each inspection once"
    )
    reasons["grade without a date"] = Reason(
        graded & pl.col(f"_{latest.date}").is_null(), latest.date, "a day such as 31/08/2022"
    )
    return reasons


def _note_strange(used: pl.DataFrame, item: _Inspection, raw: RawTable, faults: Faults) -> None:
    is_day = pl.col(f"_{item.date}").is_not_null()
    wrong = {item.date: (~is_day, "a day such as 31/08/2022")}
    if item.grade:
        known = [*schema.GRADES, *schema.NO_GRADE]
        strange = ~pl.col(item.grade).str.to_uppercase().is_in(known)
        wrong[item.grade] = (strange, f"one of {', '.join(known)}")
    for column, (is_wrong, expected) in wrong.items():
        faults.add_rows(
            used.filter(pl.col(column).is_not_null() & is_wrong).select(
                "row", pl.col(column).alias("found")
            ),
            kind=f"unreadable value of {raw.heading(column)}",
            file=raw.file,
            sheet=raw.sheet,
            column=raw.heading(column),
            expected=expected,
            advice="The value counts as not available.",
            consequence="value left out",
        )


def _inspections(used: pl.DataFrame, item: _Inspection) -> pl.DataFrame:
    """Give one inspection a row where the columns tell of one."""
    if item.grade:
        written = pl.col(item.grade).str.to_uppercase()
        value = written.replace_strict(schema.GRADES, default=None, return_dtype=pl.Float64)
        status = (
            pl.when(value.is_not_null())
            .then(pl.lit(OBSERVED))
            .when(written.is_in(schema.NO_GRADE))
            .then(pl.lit(NOT_APPLICABLE))
            .otherwise(pl.lit(NOT_AVAILABLE))
        )
    else:
        # a report card grades many things and no overall one
        value, status = pl.lit(None, dtype=pl.Float64), pl.lit(NOT_APPLICABLE)
    return used.filter(pl.col(f"_{item.date}").is_not_null()).select(
        "urn",
        pl.col(f"_{item.date}").alias("date"),
        value.alias("value"),
        status.alias("status"),
        (pl.coalesce(item.urn, "urn") if item.urn in used.columns else pl.col("urn")).alias(
            "urn_at_inspection"
        ),
    )
