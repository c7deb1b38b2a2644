"""From files on hubs to tables of a landscape: hubs, areas, districts, and who covers whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from hedgerow.landscape.faults import Fault, Faults
from hedgerow.landscape.tables.observations import Observations
from hedgerow.landscape.tables.organisations import AreaParts, Areas, Organisations, Ties
from hedgerow.sources.hubs.frames import FOOTPRINTS, HubFile, area_id
from hedgerow.sources.hubs.lead_school import match_lead_schools
from hedgerow.sources.hubs.resolving import (
    Authorities,
    Districts,
    find_schools,
    resolve_districts,
)
from hedgerow.sources.tabular import SET_ASIDE_SCHEMA


@dataclass(frozen=True, eq=False, kw_only=True)
class HubTables:
    """Rows for the tables of a landscape, each with the columns of its schema.

    Attributes
    ----------
    organisations, areas, area_parts, ties, observations : polars.DataFrame
        Hubs; areas made of districts; their districts; ``covers`` and ``hosts``; places that hubs
        offer.
    set_aside : polars.DataFrame
        Rows of all files that could not be used, those whose names are unknown to the register
        among them.
    """

    organisations: pl.DataFrame
    areas: pl.DataFrame
    area_parts: pl.DataFrame
    ties: pl.DataFrame
    observations: pl.DataFrame
    set_aside: pl.DataFrame


def join_hubs(
    files: Sequence[HubFile],
    *,
    schools: pl.DataFrame,
    authorities: pl.DataFrame,
    districts: pl.DataFrame,
    postcodes: pl.DataFrame,
    faults: Faults,
) -> HubTables:
    """Join files on hubs with a register.

    A hub stands where its host school is, else at its postcode, else nowhere. Ties of a hub whose
    footprint has no first day are left-censored: the hub was there when the file was made.

    Parameters
    ----------
    files : sequence of HubFile
    schools, authorities : polars.DataFrame
        Rows of `Organisations`.
    districts : polars.DataFrame
        ``id`` (``lad:E08000025``) and ``name`` of every district that schools or boundaries have.
    postcodes : polars.DataFrame
        Rows of `Postcodes`.
    faults : Faults
        Where unknown names are reported.
    """
    hubs = _once(files, faults)
    parts, aside = _parts(files, districts, faults)
    reached, footprint_aside, needed = _reached(files, schools, authorities, districts, faults)
    areas = _areas(files, needed, faults)
    hosts = _hosts(hubs, reached, parts, schools, faults)
    hubs = hubs.join(hosts.select("hub", pl.col("school").alias("host")), on="hub", how="left")
    return HubTables(
        organisations=_organisations(hubs, schools, postcodes),
        areas=areas.select(list(Areas.column_names())),
        area_parts=parts.select(list(AreaParts.column_names())),
        ties=_ties(reached, hubs),
        observations=_capacities(hubs, files),
        set_aside=pl.concat([*(file.set_aside for file in files), aside, footprint_aside]),
    )


def _once(files: Sequence[HubFile], faults: Faults) -> pl.DataFrame:
    """All hubs of all files, each once: the first is kept."""
    frames = [
        file.hubs.with_columns(
            pl.lit(file.source.file).alias("file"), pl.lit(file.source.id).alias("source")
        )
        for file in files
    ]
    hubs = pl.concat(frames)
    again = hubs.filter(~pl.col("hub").is_first_distinct())
    for file, row, hub in again.select("file", "row", "hub").iter_rows():
        faults.add(
            Fault(
                kind="hub in two files",
                file=file,
                row=row,
                found=hub,
                expected="each hub in one file",
                advice="What the first file says of the hub counts; both footprints do.",
            )
        )
    return hubs.unique("hub", keep="first", maintain_order=True)


def _parts(
    files: Sequence[HubFile], districts: pl.DataFrame, faults: Faults
) -> tuple[pl.DataFrame, pl.DataFrame]:
    found, aside = [], []
    for file in files:
        pairs, unknown = resolve_districts(file.parts, districts)
        found.append(pairs.with_columns(pl.lit(file.source.id).alias("source")))
        faults.add_rows(
            unknown.select("row", pl.col("district").alias("found")),
            kind="unknown district",
            file=file.source.file,
            expected="the name of a district that schools or boundaries have",
            advice="Schools there are in no hub's footprint; give --boundaries or --postcodes.",
            consequence="set aside",
        )
        aside.append(_set_aside(unknown, file.source.file, "unknown district"))
    parts = pl.concat(found).unique(["area", "part"], keep="first", maintain_order=True)
    return parts, pl.concat(aside)


def _set_aside(rows: pl.DataFrame, file: str, reason: str) -> pl.DataFrame:
    content = pl.struct(pl.exclude("row")).struct.json_encode()
    if rows.is_empty():
        return pl.DataFrame(schema=SET_ASIDE_SCHEMA)
    return rows.select(
        pl.lit(file).alias("file"),
        "row",
        pl.lit(reason).alias("reason"),
        content.alias("content"),
    )


def _reached(
    files: Sequence[HubFile],
    schools: pl.DataFrame,
    authorities: pl.DataFrame,
    districts: pl.DataFrame,
    faults: Faults,
) -> tuple[pl.DataFrame, pl.DataFrame, dict[str, str]]:
    """Find what each footprint covers; the areas that are asked for come with it."""
    known_authorities, known_districts = Authorities(authorities), Districts(districts)
    known_schools = set(schools["id"])
    needed: dict[str, str] = {}
    reached, aside = [], []
    for file in files:
        found: list[tuple[str, str, object, object, str]] = []
        unknown: list[int] = []
        for place, row in enumerate(file.footprints.iter_rows(named=True)):
            covers = row["covers"]
            match row["covers_type"]:
                case "area":
                    targets = [area_id(covers)]
                    needed.setdefault(targets[0], file.source.id)
                case "authority":
                    targets = known_authorities.find(covers)
                case "district":
                    targets, _ = known_districts.find(covers)
                case _:
                    targets = find_schools(covers, known_schools)
            if not targets:
                unknown.append(place)
            found += [
                (row["hub"], target, row["start"], row["end"], file.source.id) for target in targets
            ]
        reached += found
        lost = file.footprints[unknown] if unknown else file.footprints.clear()
        faults.add_rows(
            lost.select("row", pl.format("{} {}", "covers_type", "covers").alias("found")),
            kind="footprint unknown to the register",
            file=file.source.file,
            expected="a name or code of an authority or district, or a URN, that the register has",
            consequence="set aside",
        )
        aside.append(_set_aside(lost, file.source.file, "footprint unknown to the register"))
    ties = pl.DataFrame(
        reached,
        schema={
            "hub": pl.String,
            "target": pl.String,
            "start": FOOTPRINTS["start"],
            "end": FOOTPRINTS["end"],
            "source": pl.String,
        },
        orient="row",
    )
    return ties, pl.concat(aside), needed


def _areas(files: Sequence[HubFile], needed: dict[str, str], faults: Faults) -> pl.DataFrame:
    given = pl.concat(
        [file.areas.with_columns(pl.lit(file.source.id).alias("source")) for file in files]
    ).unique("area", keep="first", maintain_order=True)
    lacking = [area for area in needed if area not in set(given["area"])]
    for area in lacking:
        faults.add(
            Fault(
                kind="area without districts",
                file="",
                found=area,
                expected="a list of the districts in it",
                advice="Give the list of districts in hub areas with --hubs as well.",
            )
        )
    added = pl.DataFrame(
        {"area": lacking, "name": lacking, "source": [needed[area] for area in lacking]},
        schema=given.schema,
    )
    return pl.concat([given, added]).select(
        pl.col("area").alias("id"),
        pl.lit("hub_area").alias("kind"),
        pl.col("name"),
        pl.lit(None, dtype=pl.Binary).alias("outline"),
        "source",
    )


def _hosts(
    hubs: pl.DataFrame,
    reached: pl.DataFrame,
    parts: pl.DataFrame,
    schools: pl.DataFrame,
    faults: Faults,
) -> pl.DataFrame:
    """Find the host school of each hub: by its URN, or by the name of the lead school."""
    given = hubs.filter(pl.col("host_urn").is_not_null()).with_columns(
        pl.format("urn:{}", "host_urn").alias("school")
    )
    stray = given.filter(~pl.col("school").is_in(schools["id"].implode()))
    for file, row, school in stray.select("file", "row", "school").iter_rows():
        faults.add(
            Fault(
                kind="host school not in the register",
                file=file,
                row=row,
                found=school,
                expected="the URN of an open school",
                advice="The hub is kept without its host.",
                consequence="value left out",
            )
        )
    through_areas = reached.join(parts, left_on="target", right_on="area").select("hub", "part")
    direct = reached.filter(pl.col("target").str.starts_with("lad:")).select(
        "hub", pl.col("target").alias("part")
    )
    covered = pl.concat([through_areas, direct]).group_by("hub").agg("part")
    districts_of = dict(covered.iter_rows())
    is_open = schools.filter(pl.col("closed").is_null())
    matched = match_lead_schools(hubs.filter(pl.col("host_urn").is_null()), districts_of, is_open)
    unmatched = matched.filter(pl.col("school").is_null()).join(hubs, on="hub")
    for file, row, name, trouble in unmatched.select(
        "file", "row", "lead_school_name", "trouble"
    ).iter_rows():
        faults.add(
            Fault(
                kind="lead school not found",
                file=file,
                row=row,
                found=f"{name}: {trouble}",
                expected="the name of one open school in or near the hub's area",
                advice="The hub is kept without a place.",
                consequence="value left out",
            )
        )
    return pl.concat(
        [
            given.join(stray, on="hub", how="anti").select("hub", "school"),
            matched.drop_nulls("school").select("hub", "school"),
        ]
    )


def _organisations(
    hubs: pl.DataFrame, schools: pl.DataFrame, postcodes: pl.DataFrame
) -> pl.DataFrame:
    host = schools.select(
        pl.col("id").alias("host"),
        *(
            pl.col(name).alias(f"host_{name}")
            for name in ("postcode", "easting", "northing", "authority", "district", "region")
        ),
    )
    own = postcodes.select(
        pl.col("postcode").alias("_postcode"),
        pl.col("easting").alias("own_easting"),
        pl.col("northing").alias("own_northing"),
        pl.col("district").alias("own_district"),
    )
    placed = (
        hubs.join(host, on="host", how="left")
        .with_columns(pl.col("postcode").str.replace_all(r"\s+", "").alias("_postcode"))
        .join(own, on="_postcode", how="left")
    )
    at_host = pl.col("host_easting").is_not_null()
    at_postcode = pl.col("own_easting").is_not_null()
    return placed.select(
        pl.col("hub").alias("id"),
        "kind",
        "name",
        pl.lit(None, dtype=pl.String).alias("code"),
        pl.coalesce("postcode", "host_postcode").alias("postcode"),
        pl.coalesce("host_easting", "own_easting").alias("easting"),
        pl.coalesce("host_northing", "own_northing").alias("northing"),
        pl.when(at_host)
        .then(pl.lit("host"))
        .when(at_postcode)
        .then(pl.lit("postcode"))
        .alias("position_from"),
        pl.col("host_authority").alias("authority"),
        pl.coalesce("host_district", "own_district").alias("district"),
        pl.col("host_region").alias("region"),
        pl.lit(None, dtype=pl.Date).alias("opened"),
        pl.lit(None, dtype=pl.Date).alias("closed"),
        "source",
    ).select(list(Organisations.column_names()))


def _ties(reached: pl.DataFrame, hubs: pl.DataFrame) -> pl.DataFrame:
    covers = reached.select(
        pl.col("hub").alias("from_id"),
        pl.col("target").alias("to_id"),
        pl.lit("covers").alias("kind"),
        "start",
        "end",
        "source",
    )
    nothing = pl.lit(None, dtype=pl.Date)
    hosts = hubs.filter(pl.col("host").is_not_null()).select(
        pl.col("host").alias("from_id"),
        pl.col("hub").alias("to_id"),
        pl.lit("hosts").alias("kind"),
        nothing.alias("start"),
        nothing.alias("end"),
        "source",
    )
    key = ["from_id", "to_id", "kind"]
    ties = pl.concat([covers, hosts]).unique([*key, "start"], keep="first", maintain_order=True)
    return (
        ties.sort(*key, "start", nulls_last=False)
        .with_columns(
            pl.int_range(pl.len(), dtype=pl.Int32).over(key).alias("number"),
            pl.col("start").is_null().alias("start_censored"),
            pl.lit(False).alias("end_censored"),
            pl.lit(None, dtype=pl.Float64).alias("weight"),
            pl.lit(None, dtype=pl.String).alias("carrier"),
        )
        .select(list(Ties.column_names()))
    )


def _capacities(hubs: pl.DataFrame, files: Sequence[HubFile]) -> pl.DataFrame:
    days = pl.DataFrame(
        [(file.source.id, file.source.as_of) for file in files],
        schema={"source": pl.String, "date": pl.Date},
        orient="row",
    ).unique("source", keep="first")
    return (
        hubs.filter(pl.col("capacity").is_not_null())
        .join(days, on="source")
        .select(
            pl.col("hub").alias("organisation"),
            pl.lit("hub_capacity").alias("measure"),
            "date",
            "source",
            pl.col("capacity").alias("value"),
            pl.lit(None, dtype=pl.Float64).alias("denominator"),
            pl.lit("observed").alias("status"),
        )
        .select(list(Observations.column_names()))
    )
