"""The plain file for hubs of any kind: one row for each thing that a hub covers."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from hedgerow.landscape.faults import Faults
from hedgerow.sources.hubs import schema
from hedgerow.sources.hubs.frames import AREAS, HUBS, PARTS, HubFile
from hedgerow.sources.parting import Reason, part
from hedgerow.sources.published_values import URN, day, number
from hedgerow.sources.source_table import source_of
from hedgerow.sources.tabular import RawTable
from hedgerow.sources.vintage import vintage_of

DAYS = "a day such as 2025-09-01 or 01/09/2025, or nothing"
LICENCE = "as its makers say"


def hubs_of(path: Path, raw: RawTable, faults: Faults) -> HubFile:
    """Check the rows of a plain file; a hub has as many rows as things that it covers.

    What a hub is (kind, name, host, postcode, capacity) is taken from its first usable row; a later
    row that says otherwise is set aside.
    """
    rows = raw.rows.with_columns(
        _identifier().alias("_hub"),
        pl.col("kind")
        .str.to_lowercase()
        .str.replace_all(r"[\s_-]+", "_")
        .replace_strict(schema.HUB_KINDS, default=None, return_dtype=pl.String)
        .alias("_kind"),
        _words("covers_type").alias("_covers_type"),
        day("start").alias("_start"),
        day("end").alias("_end"),
        number("capacity").alias("_capacity"),
    )
    used, aside = part(raw, _reasons(), faults=faults, rows=rows)
    used = _without_bad_values(used, raw, faults)
    hubs = used.group_by("_hub", maintain_order=True).agg(
        pl.col("_kind").first().alias("kind"),
        pl.col("name").first(),
        pl.lit(None, dtype=pl.String).alias("lead_school_name"),
        pl.col("host_urn").drop_nulls().first().cast(pl.Int64),
        pl.col("postcode").drop_nulls().first().str.to_uppercase(),
        pl.col("_capacity").drop_nulls().first().alias("capacity"),
        pl.col("row").first(),
    )
    latest = used.select(pl.col("_start").max()).item()
    as_of = vintage_of(path, option=schema.OPTION, held=latest)
    return HubFile(
        source=source_of(
            raw,
            prefix="hubs",
            title="Hubs with their footprints",
            publisher="the person who made the file",
            licence=LICENCE,
            as_of=as_of,
            rows=used.height,
        ),
        hubs=hubs.rename({"_hub": "hub"}).select(list(HUBS)),
        footprints=used.filter(pl.col("covers").is_not_null()).select(
            pl.col("_hub").alias("hub"),
            pl.col("_covers_type").alias("covers_type"),
            "covers",
            pl.col("_start").alias("start"),
            # the file names the last day, a period ends on the day after it
            pl.col("_end").dt.offset_by("1d").alias("end"),
            "row",
        ),
        areas=pl.DataFrame(schema=AREAS),
        parts=pl.DataFrame(schema=PARTS),
        set_aside=aside,
    )


def _identifier() -> pl.Expr:
    """Give the identifier with a scheme: what has none gets ``hub:``."""
    written = pl.col("hub_id").str.replace_all(r"\s+", "-")
    return pl.when(written.str.contains(":")).then(written).otherwise("hub:" + written)


def _words(column: str) -> pl.Expr:
    return pl.col(column).str.to_lowercase().str.strip_chars()


def _reasons() -> dict[str, Reason]:
    types = ", ".join(schema.COVERS_TYPES)
    kinds = ", ".join(sorted(set(schema.HUB_KINDS.values())))
    first = {name: pl.col(name).first().over("_hub") for name in ("_kind", "name")}
    differs = (pl.col("_kind") != first["_kind"]) | (pl.col("name") != first["name"])
    not_a_day = {
        name: pl.col(name).is_not_null() & pl.col(f"_{name}").is_null() for name in ("start", "end")
    }
    return {
        "no identifier of the hub": Reason(pl.col("hub_id").is_null(), "hub_id", "mh:north, say"),
        "unknown kind of hub": Reason(pl.col("_kind").is_null(), "kind", f"one of {kinds}"),
        "no name": Reason(pl.col("name").is_null(), "name", "the name of the hub"),
        "unknown kind of footprint": Reason(
            pl.col("covers").is_not_null()
            & ~pl.col("_covers_type").is_in(schema.COVERS_TYPES).fill_null(False),
            "covers_type",
            f"one of {types}",
        ),
        "footprint without what it covers": Reason(
            pl.col("covers").is_null() & pl.col("_covers_type").is_not_null(),
            "covers",
            "a code or a name",
        ),
        "no first day in form": Reason(not_a_day["start"], "start", DAYS),
        "no last day in form": Reason(not_a_day["end"], "end", DAYS),
        "ends before it starts": Reason(
            pl.col("_end") < pl.col("_start"), "end", "a day after the first"
        ),
        "two hubs with one identifier": Reason(
            differs, "name", "the kind and name of the hub's first row"
        ),
        "footprint given before": Reason(
            ~pl.struct("_hub", "_covers_type", "covers", "_start").is_first_distinct(),
            "covers",
            "each thing that a hub covers once",
        ),
    }


def _without_bad_values(used: pl.DataFrame, raw: RawTable, faults: Faults) -> pl.DataFrame:
    """Leave out hosts and capacities that cannot be, and say so."""
    is_host = pl.col("host_urn").str.contains(URN)
    wrong = {
        "host_urn": (~is_host, "a school's number of five to seven digits"),
        "capacity": (
            pl.col("_capacity").is_null() | (pl.col("_capacity") < 0),
            "a number of places, zero or more",
        ),
    }
    for column, (is_wrong, expected) in wrong.items():
        faults.add_rows(
            used.filter(pl.col(column).is_not_null() & is_wrong).select(
                "row", pl.col(column).alias("found")
            ),
            kind=f"unreadable {column}",
            file=raw.file,
            sheet=raw.sheet,
            column=raw.heading(column),
            expected=expected,
            advice="The hub is kept without it.",
            consequence="value left out",
        )
    return used.with_columns(
        pl.when(is_host).then("host_urn").alias("host_urn"),
        pl.when(pl.col("_capacity") >= 0).then("_capacity").alias("_capacity"),
    )
