"""Joining what the files say into the tables of a landscape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from hedgerow.landscape.faults import Faults
from hedgerow.landscape.tables.organisations import Postcodes
from hedgerow.sources.hubs.joining import HubTables, join_hubs
from hedgerow.sources.register import establishments, groups
from hedgerow.sources.register.areas import district_areas, recoded_postcodes
from hedgerow.sources.register.belonging import Seen, group_ties
from hedgerow.sources.register.deprivation import deprivation
from hedgerow.sources.register.earlier import Earlier
from hedgerow.sources.register.positions import fill_positions
from hedgerow.sources.register.reading import Read
from hedgerow.sources.register.results import COLUMNS, results
from hedgerow.sources.register.succession import opened_by_succession, succession
from hedgerow.sources.register.uniqueness import one_a_key


@dataclass
class Joined:
    """The tables of a landscape, and what joining them left over.

    Attributes
    ----------
    tables : dict of str to polars.DataFrame
        Not yet checked; columns that are empty throughout may be absent.
    trust_days : tuple of Seen
        The days on which it was seen which trust governs which school, in order; before the first
        nothing is known of who governs whom.
    set_aside : list of polars.DataFrame
        Rows that no row of the register belongs to.
    """

    tables: dict[str, pl.DataFrame]
    trust_days: tuple[Seen, ...]
    set_aside: list[pl.DataFrame] = field(default_factory=list)


def join(read: Read, earlier: Earlier, faults: Faults) -> Joined:
    """Join all tables.

    Where sources disagree the extract comes first, then the order in which the files are named in
    `hedgerow.sources.register.RegisterInputs`, then the order in which they were given.
    """
    aside: list[pl.DataFrame] = []
    files = {table.source.id: table.source.file for table in read.tables()}

    def unique(table: pl.DataFrame, key: Sequence[str], name: str, *says: str) -> pl.DataFrame:
        return one_a_key(table, key, name=name, says=says, files=files, faults=faults)

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
    authorities = establishments.authorities(read.gias, _authority_names(read))
    hubs = _hubs(read, schools, authorities, areas, postcodes, faults)
    bodies = groups.group_organisations(read.gias, read.links, read.groups, earlier.trusts())
    belonging = group_ties(read.gias, read.links, bodies, earlier.seen)
    aside.append(belonging.set_aside)
    bodies = groups.fit_to_ties(bodies, belonging.ties, files, faults)
    organisations = pl.concat(
        [schools, authorities, bodies, *(found.organisations for found in hubs)], how="diagonal"
    )
    if postcodes is not None:
        organisations = fill_positions(organisations, postcodes)
    observed, unknown = results([*read.census, *read.ks2, *read.ofsted], schools, succeeds)
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
            *(found.observations.select(COLUMNS) for found in hubs),
        ]
    )
    ties = pl.concat(
        [
            belonging.ties,
            establishments.maintaining(read.gias),
            *succeeds,
            *(found.ties for found in hubs),
        ],
        how="diagonal",
    ).with_columns(
        pl.col("number").fill_null(0),
        pl.col("start_censored").fill_null(False),
        pl.col("end_censored").fill_null(False),
    )
    tables = {
        "organisations": unique(organisations, ["id"], "organisation", "kind", "name"),
        "schools": _filled_from_census(establishments.schools_table(read.gias), read).sort("id"),
        "areas": unique(
            pl.concat([areas, *(found.areas for found in hubs)], how="diagonal"),
            ["id"],
            "area",
            "name",
        ),
        "ties": unique(ties, ["from_id", "to_id", "kind", "number"], "tie", "start", "end"),
        "observations": unique(
            _best_first(observations), ["organisation", "measure", "date"], "value", "value"
        ),
    }
    for found in hubs:
        aside.append(found.set_aside)
        tables["area_parts"] = found.area_parts.sort("area", "part")
    if postcodes is not None:
        tables["postcodes"] = postcodes.sort("postcode")
    return Joined(tables, trust_days=belonging.trust_days, set_aside=aside)


def _hubs(
    read: Read,
    schools: pl.DataFrame,
    authorities: pl.DataFrame,
    areas: pl.DataFrame,
    postcodes: pl.DataFrame | None,
    faults: Faults,
) -> list[HubTables]:
    if not read.hubs:
        return []
    return [
        join_hubs(
            read.hubs,
            schools=schools,
            authorities=authorities,
            districts=areas.select("id", "name"),
            postcodes=Postcodes.create_empty() if postcodes is None else postcodes,
            faults=faults,
        )
    ]


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
    """Fill empty wards and urban or rural classes from the census, in the order of its files."""
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


def _best_first(observations: pl.DataFrame) -> pl.DataFrame:
    """Put present values first, those with the pupils behind them before others; an absent one that
    is present
    elsewhere is dropped."""
    present = observations.filter(pl.col("value").is_not_null())
    absent = observations.filter(pl.col("value").is_null()).join(
        present, on=["organisation", "measure", "date"], how="anti", maintain_order="left"
    )
    has_pupils = pl.col("denominator").is_not_null()
    return pl.concat([present.filter(has_pupils), present.filter(~has_pupils), absent])
