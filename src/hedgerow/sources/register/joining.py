"""Joining what the files say into the tables of a landscape."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import polars as pl

from hedgerow.landscape.faults import Faults
from hedgerow.sources.register import establishments, groups
from hedgerow.sources.register.areas import district_areas, recoded_postcodes
from hedgerow.sources.register.deprivation import deprivation
from hedgerow.sources.register.footprints import hub_tables
from hedgerow.sources.register.positions import fill_positions
from hedgerow.sources.register.reading import Read
from hedgerow.sources.register.results import results
from hedgerow.sources.register.succession import opened_by_succession, succession
from hedgerow.sources.register.uniqueness import one_a_key


@dataclass
class Joined:
    """The tables of a landscape, and what joining them left over.

    Attributes
    ----------
    tables : dict of str to polars.DataFrame
        Not yet checked; columns that are empty throughout may be absent.
    earliest : datetime.date
        The first day on which anything is known of who governs whom.
    set_aside : list of polars.DataFrame
        Rows that no row of the register belongs to.
    """

    tables: dict[str, pl.DataFrame]
    earliest: date
    set_aside: list[pl.DataFrame] = field(default_factory=list)


def join(read: Read, faults: Faults) -> Joined:
    """Join all tables.

    Where sources disagree the extract comes first, then the order in which the files are named in
    `hedgerow.sources.register.RegisterInputs`, then the order in which they were given.
    """
    aside: list[pl.DataFrame] = []
    postcodes = recoded_postcodes(read)
    schools = establishments.school_organisations(read.gias)
    succeeds = []
    if read.successors is not None:
        ties, unknown = succession(read.successors, read.gias)
        schools = opened_by_succession(schools, read.successors, read.gias.source.as_of)
        succeeds.append(ties)
        aside.append(unknown)
    if postcodes is not None:
        schools = establishments.fill_districts(schools, postcodes)
    areas, unused_outlines = district_areas(read, faults)
    aside.append(unused_outlines)
    hubs = hub_tables(read.hubs, schools, areas, faults)
    aside += hubs.set_aside
    group_ties, unknown = groups.group_ties(read.gias, read.links, faults)
    aside.append(unknown)
    bodies = groups.fit_to_ties(
        groups.group_organisations(read.gias, read.links, read.groups), group_ties, faults
    )
    organisations = pl.concat(
        [schools, establishments.authorities(read.gias, _authority_names(read)), bodies, hubs.hubs],
        how="diagonal",
    )
    if postcodes is not None:
        organisations = fill_positions(organisations, postcodes)
    observed, unknown = results([*read.census, *read.ks2, *read.ofsted], schools)
    aside.append(unknown)
    observations = pl.concat(
        [
            establishments.school_observations(read.gias),
            groups.sizes_in_link_records(read.links),
            observed,
            deprivation(
                schools.join(read.gias.rows.select("id", "lsoa"), on="id"),
                read.imd,
                read.lsoa,
                faults,
            ),
        ]
    )
    ties = pl.concat(
        [group_ties, establishments.maintaining(read.gias), *succeeds, hubs.ties], how="diagonal"
    ).with_columns(
        pl.col("number").fill_null(0),
        pl.col("start_censored").fill_null(False),
        pl.col("end_censored").fill_null(False),
    )
    tables = {
        "organisations": one_a_key(organisations, ["id"], name="organisation", faults=faults),
        "schools": _filled_from_census(establishments.schools_table(read.gias), read).sort("id"),
        "areas": one_a_key(
            pl.concat([areas, hubs.areas], how="diagonal"), ["id"], name="area", faults=faults
        ),
        "area_parts": one_a_key(hubs.parts, ["area", "part"], name="part", faults=faults),
        "ties": one_a_key(ties, ["from_id", "to_id", "kind", "number"], name="tie", faults=faults),
        "observations": _one_a_day(observations, faults),
    }
    if postcodes is not None:
        tables["postcodes"] = postcodes.sort("postcode")
    days = [read.gias.source.as_of, *(table.source.as_of for table in read.links)]
    return Joined(tables, earliest=min(days), set_aside=aside)


def _authority_names(read: Read) -> pl.DataFrame:
    """Names of authorities in other files than the extract."""
    schema = {"la_code": pl.String, "la_name": pl.String, "gss": pl.String}
    named = [
        table.rows.select("la_code", "la_name", pl.lit(None, dtype=pl.String).alias("gss"))
        for table in read.links
        if "la_name" in table.rows.columns
    ]
    return pl.concat([pl.DataFrame(schema=schema), *named])


def _filled_from_census(schools: pl.DataFrame, read: Read) -> pl.DataFrame:
    """Fill empty wards and urban or rural classes from the census; the first file given comes first."""
    for table in read.census:
        places = getattr(table, "places", None)
        if places is None or places.is_empty():
            continue
        found = places.select(
            "urn", pl.col("ward").alias("census_ward"), pl.col("urban_rural").alias("census_class")
        )
        schools = (
            schools.join(found, on="urn", how="left", maintain_order="left")
            .with_columns(
                pl.coalesce("ward", "census_ward").alias("ward"),
                pl.coalesce("urban_rural", "census_class").alias("urban_rural"),
            )
            .drop("census_ward", "census_class")
        )
    return schools.with_columns(establishments.is_rural())


def _one_a_day(observations: pl.DataFrame, faults: Faults) -> pl.DataFrame:
    """Keep one value of a measure for an organisation and a day, a present one before an absent one."""
    key = ["organisation", "measure", "date"]
    present = observations.filter(pl.col("value").is_not_null())
    absent = observations.filter(pl.col("value").is_null()).join(present, on=key, how="anti")
    return one_a_key(pl.concat([present, absent]), key, name="value", faults=faults)
