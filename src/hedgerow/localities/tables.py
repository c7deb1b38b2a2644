"""The tables of a profile: the schools, who governs them, the trusts, the hubs, the conversions,
the gaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from hedgerow.features.designated_hubs import HUB_NAMES, hubs_here
from hedgerow.features.linked_systems.trusts import trusts_here
from hedgerow.features.local_lens.compactness import trust_compactness_km
from hedgerow.features.local_lens.conversions import conversions
from hedgerow.features.local_lens.isolation import nearest_in_trust
from hedgerow.features.observed import observed
from hedgerow.features.state_schools import academies, state_schools
from hedgerow.landscape.disclosure import protect
from hedgerow.landscape.finding import Finding, NotMeasured
from hedgerow.landscape.governing import BANDS
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.localities.evidence import gaps

ARRANGEMENTS = {
    "maintained": "maintained by the authority",
    "single": "single-academy trust",
    "2-5": "trust of 2 to 5 schools",
    "6-15": "trust of 6 to 15 schools",
    "16+": "trust of 16 or more schools",
    "unknown": "academy, trust not on record",
}
"""Governing arrangements in words, by the band of `governing_bodies`."""


def tables(here: LocalLandscape, findings: Sequence[Finding]) -> Mapping[str, pl.DataFrame]:
    """Give the tables of a profile, in the order in which they are shown.

    Values are native: shares as fractions of 1, distances in kilometres, null where something is
    not known or does not apply. The names of columns are fit to be read with spaces for
    underscores.

    Returns
    -------
    mapping of str to polars.DataFrame
        ``governance`` (arrangement, schools, share, pupils), ``schools``, ``trusts``, ``hubs``,
        ``conversions`` (by academic year) and ``not_known`` (what local evidence would add); each
        is there even when it has no rows.
    """
    return {
        "governance": governance(here),
        "trusts": trusts(here),
        "hubs": hubs(here),
        "conversions": conversions_by_year(here),
        "schools": schools(here),
        "not_known": gaps(here, findings),
    }


def _pupils(here: LocalLandscape) -> pl.DataFrame:
    """Pupils on roll of each school where known: ``id``, ``pupils``."""
    found = observed(here, "pupils")
    if isinstance(found, NotMeasured):
        return pl.DataFrame(schema={"id": pl.String, "pupils": pl.Int64})
    return found.rows.select("id", pl.col("value").cast(pl.Int64).alias("pupils"))


def _in_words(band: pl.Expr) -> pl.Expr:
    return band.replace_strict(ARRANGEMENTS, return_dtype=pl.String)


def _named(here: LocalLandscape, identifiers: pl.Series, name: str) -> pl.Series:
    """Names of organisations and areas; an identifier that has none stands for itself."""
    names = here.whole.names()
    return pl.Series(name, [names.get(one, one) for one in identifiers], dtype=pl.String)


def governance(here: LocalLandscape) -> pl.DataFrame:
    """Give the schools and pupils under each governing arrangement.

    Returns
    -------
    polars.DataFrame
        Columns ``arrangement``, ``schools``, ``share`` (of all the schools), ``pupils`` (in schools
        whose number is known; null where none is, or where it is withheld), one row an arrangement.
        Pupils of 1 to 4, and what would give them back from the sum of all, are withheld; a column
        ``pupils_withheld`` says so where any are.
    """
    found = state_schools(here).select("id", "band").join(_pupils(here), on="id", how="left")
    counted = found.group_by("band").agg(
        pl.len().cast(pl.Int64).alias("schools"),
        pl.when(pl.col("pupils").count() > 0).then(pl.col("pupils").sum()).alias("pupils"),
    )
    listed = (
        pl.DataFrame({"band": BANDS})
        .join(counted, on="band", how="left", maintain_order="left")
        .with_columns(
            _in_words(pl.col("band")).alias("arrangement"),
            pl.col("schools").fill_null(0),
            is_total=pl.lit(False),
        )
        .select("arrangement", "schools", "pupils", "is_total")
    )
    total = pl.DataFrame(
        {
            "arrangement": ["all"],
            "schools": [found.height],
            "pupils": [int(found["pupils"].sum())],
            "is_total": [True],
        }
    )
    shown = protect(pl.concat([listed, total]), ["pupils"], total_row="is_total")
    shown = shown.filter(~pl.col("is_total")).with_columns(
        (pl.col("schools") / max(found.height, 1)).alias("share")
    )
    columns = ["arrangement", "schools", "share", "pupils"]
    if shown["pupils_withheld"].null_count() < shown.height:
        columns.append("pupils_withheld")
    return shown.select(columns)


def schools(here: LocalLandscape) -> pl.DataFrame:
    """Give the list of schools.

    Returns
    -------
    polars.DataFrame
        Columns ``urn``, ``school``, ``phase``, ``type``, ``arrangement``, ``governing_body``,
        ``schools_in_trust``, ``pupils``, ``rural``, ``district``, ``became_academy``,
        ``nearest_in_trust_km``, in order of name.
    """
    found = (
        state_schools(here)
        .drop("pupils")
        .join(_pupils(here), on="id", how="left")
        .join(nearest_in_trust(here).select("id", "km"), on="id", how="left")
        .join(conversions(here).select("id", "converted"), on="id", how="left")
        .sort("name", "urn")
    )
    return found.select(
        "urn",
        pl.col("name").alias("school"),
        "phase",
        "type",
        _in_words(pl.col("band")).alias("arrangement"),
        _named(here, found["body"], "governing_body"),
        pl.col("trust_size").alias("schools_in_trust"),
        "pupils",
        "rural",
        _named(here, found["district"], "district"),
        pl.col("converted").alias("became_academy"),
        pl.col("km").round(1).alias("nearest_in_trust_km"),
    )


def trusts(here: LocalLandscape) -> pl.DataFrame:
    """Give the trusts with a school of the phase here.

    Returns
    -------
    polars.DataFrame
        Columns ``trust``, ``uid``, ``schools_here`` (of the phase), ``schools_in_all`` (open, of
        any phase, anywhere), ``local_share`` (of all its schools, the part of any phase that lies
        here), ``regions``, ``spread_km`` (median distance between two of its schools; null below
        three), the trust with most schools here first.
    """
    counted = (
        academies(here)
        .group_by(pl.col("body").alias("id"))
        .agg(pl.len().cast(pl.Int64).alias("schools_of_phase"))
        .join(trusts_here(here), left_on="id", right_on="trust", how="inner")
    )
    found = counted.select(
        _named(here, counted["id"], "trust"),
        pl.col("id").str.strip_prefix("uid:").alias("uid"),
        pl.col("schools_of_phase").alias("schools_here"),
        pl.col("schools").alias("schools_in_all"),
        (pl.col("schools_here") / pl.col("schools")).alias("local_share"),
        "regions",
        "id",
    ).sort(["schools_here", "schools_in_all", "trust"], descending=[True, True, False])
    spreads = [trust_compactness_km(here.whole, trust) for trust in found["id"]]
    observed_km = [None if spread is None else round(spread[0], 1) for spread in spreads]
    return found.drop("id").with_columns(pl.Series("spread_km", observed_km, dtype=pl.Float64))


def hubs(here: LocalLandscape) -> pl.DataFrame:
    """Give the hubs that the schools are designated to.

    Returns
    -------
    polars.DataFrame
        Columns ``hub``, ``kind``, ``host``, ``hosted_here`` (null where not known), ``schools`` (of
        the place in its footprint), ``schools_uncertain`` (of those, in a district that it shares
        with another hub), ``distance_km`` (median over those schools).
    """
    found = hubs_here(here)
    return found.select(
        pl.col("name").alias("hub"),
        pl.col("hub_kind").replace_strict(HUB_NAMES, return_dtype=pl.String).alias("kind"),
        _named(here, found["host"], "host"),
        pl.col("is_inside").alias("hosted_here"),
        "schools",
        pl.col("uncertain_schools").alias("schools_uncertain"),
        pl.col("median_km").round(1).alias("distance_km"),
    )


def conversions_by_year(here: LocalLandscape) -> pl.DataFrame:
    """Give how many schools became academies in each academic year.

    Returns
    -------
    polars.DataFrame
        Columns ``academic_year`` ("2012/13", from 1 September), ``converters``, ``sponsored``,
        ``by_then`` (all conversions up to the end of the year), one row a year from the first
        conversion to the last; conversions without a known date are not in it.
    """
    known = conversions(here).filter(pl.col("converted").is_not_null())
    year = pl.col("converted").dt.offset_by("-8mo").dt.year()
    counted = (
        known.select(year.alias("year"), "route")
        .group_by("year")
        .agg(
            (pl.col("route") == "converter").sum().cast(pl.Int64).alias("converters"),
            (pl.col("route") == "sponsored").sum().cast(pl.Int64).alias("sponsored"),
        )
    )
    years = counted.select(
        pl.int_ranges(pl.col("year").min(), pl.col("year").max() + 1, dtype=pl.Int32)
        .explode()
        .drop_nulls()
        .alias("year")
    )
    return (
        years.join(counted, on="year", how="left", maintain_order="left")
        .with_columns(pl.col("converters", "sponsored").fill_null(0))
        .select(
            pl.format(
                "{}/{}", "year", ((pl.col("year") + 1) % 100).cast(pl.String).str.zfill(2)
            ).alias("academic_year"),
            "converters",
            "sponsored",
            (pl.col("converters") + pl.col("sponsored")).cum_sum().alias("by_then"),
        )
    )
