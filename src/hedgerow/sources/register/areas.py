"""Districts: which there are, their outlines, and postcodes in the districts of the extract."""

from __future__ import annotations

import polars as pl

from hedgerow.landscape.faults import Fault, Faults
from hedgerow.sources.districts import former_districts
from hedgerow.sources.register.establishments import districts
from hedgerow.sources.register.reading import Read
from hedgerow.sources.source_table import set_aside
from hedgerow.sources.tabular import SET_ASIDE_SCHEMA


def district_areas(read: Read, faults: Faults) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give the districts that schools lie in, with outlines where a boundaries file has them.

    Outlines are found by code, else by name. Districts are those of the extract; outlines of
    another year may lack some, which is reported, and have others, whose rows are left over.

    Returns
    -------
    areas : polars.DataFrame
        Columns of `Areas`.
    set_aside : polars.DataFrame
        Outlines of districts in which no school lies.
    """
    areas = districts(read.gias)
    if read.boundaries is None:
        return areas, pl.DataFrame(schema=SET_ASIDE_SCHEMA)
    outlines = read.boundaries.rows
    codes = areas.select("id", pl.col("id").str.strip_prefix("lad:").alias("code"), "name")
    by_code = codes.join(outlines.drop_nulls("code").select("code", "outline"), on="code")
    by_name = codes.join(by_code, on="id", how="anti").join(
        outlines.unique("name", keep="none").select("name", "outline"), on="name"
    )
    found = pl.concat([by_code, by_name.select(by_code.columns)])
    without = codes.join(found, on="id", how="anti")
    if without.height:
        faults.add(
            Fault(
                kind="districts without an outline",
                file=read.boundaries.source.file,
                found=f"none of {without.height}: {', '.join(without['name'].sort())}",
                expected="an outline of every district that a school lies in, by code or name",
                advice=f"Give the boundaries of {read.gias.source.as_of.year}; those of another "
                "year have other districts.",
            )
        )
    unused = outlines.join(found, on="code", how="anti").join(found, on="name", how="anti")
    return (
        areas.drop("outline").join(
            found.select("id", "outline"), on="id", how="left", maintain_order="left"
        ),
        set_aside(
            unused.select(pl.lit(None, dtype=pl.Int64).alias("row"), "name", "code"),
            file=read.boundaries.source.file,
            reason="no school of the register lies in a district of this code or name",
        ),
    )


def recoded_postcodes(read: Read) -> pl.DataFrame | None:
    """Give the postcodes, their districts by the codes that the extract uses where a district was
    only recoded.

    A postcode in a district that was made of several since the extract's day keeps the newer code,
    because nothing tells in which of them it lay.
    """
    if read.postcodes is None:
        return None
    used = {f"lad:{code}" for code in read.gias.rows["district_code"].drop_nulls().unique()}
    recoded = {}
    for newer in read.postcodes.rows["district"].drop_nulls().unique().sort():
        former = [f"lad:{code}" for code in former_districts(newer.removeprefix("lad:"))]
        if newer not in used and len(former) == 1 and former[0] in used:
            recoded[newer] = former[0]
    return read.postcodes.rows.with_columns(pl.col("district").replace(recoded))
