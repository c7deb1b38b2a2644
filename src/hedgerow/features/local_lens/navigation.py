"""How many organisations a head has to deal with, and in how many places they sit."""

from __future__ import annotations

import polars as pl

from hedgerow.features.designated_hubs import HUB_NAMES, designated, hub_places
from hedgerow.features.resting import rests_on
from hedgerow.features.state_schools import no_schools, state_schools
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape

_WOULD_TELL = "A hubs file with the footprints of the hubs (`--hubs`)."


def navigational_loads(here: LocalLandscape) -> pl.DataFrame:
    """Give for each school of the phase how many organisations it is designated to.

    Returns
    -------
    polars.DataFrame
        Columns ``id``, ``organisations`` (its authority, its trust if that has two or more schools,
        and the hubs whose footprint it lies in; null where the authority or an academy's trust is
        not known), in order of ``id``.
    """
    hubs = designated(here).group_by(pl.col("school").alias("id")).agg(pl.len().alias("hubs"))
    is_known = pl.col("authority").is_not_null() & (pl.col("band") != "unknown")
    has_trust = pl.col("band").is_in(["2-5", "6-15", "16+"])
    return (
        state_schools(here)
        .join(hubs, on="id", how="left")
        .select(
            "id",
            pl.when(is_known)
            .then(1 + has_trust.cast(pl.Int64) + pl.col("hubs").fill_null(0))
            .alias("organisations"),
        )
        .sort("id")
    )


@indicator(
    id="local_lens.navigational_load",
    label="Organisations that a school is designated to",
    question="How many organisations does a head have to find the way between?",
    why="Each draws its own local around the school; heads told the study how hard that is to "
    "navigate.",
    unit="count",
    missing_rule="Academies with no trust on record, and schools with no known authority, are "
    "left out and counted. Kinds of hub whose footprints the register does not have are not "
    "counted, so the figure is a least one.",
    caveat="The mean over schools of: its authority, its trust when that has other schools, and "
    "every hub whose footprint it lies in. Being designated is not the same as being in touch.",
    formula="Mean over schools of: 1 for the authority, 1 more for a trust with two schools or "
    "more, and 1 for each hub whose footprint the school lies in. A complete count: there is no "
    "interval.",
    needs=("ties.governs", "organisations.authority", "ties.covers", "area_parts"),
    references=("greany2022", "equalls2022"),
)
@rests_on("governs", "covers", "hosts")
def navigational_load(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the mean number of organisations that a school is designated to."""
    if state_schools(here).is_empty():
        return no_schools(here)
    kinds = [kind for kind in HUB_NAMES if kind in set(designated(here)["hub_kind"])]
    if not kinds:
        return NotMeasured(
            reason="The register knows of no hub that covers a school here.",
            would_tell=_WOULD_TELL,
            missing=state_schools(here).height,
        )
    loads = navigational_loads(here)["organisations"]
    known = loads.drop_nulls()
    if known.is_empty():
        return NotMeasured(
            reason="Of no school here is it known who governs it.",
            would_tell="Group link records in the register.",
            missing=loads.len(),
        )
    named = ", ".join(HUB_NAMES[kind] for kind in kinds)
    return Reading(
        value=float(known.sum()) / known.len(),
        n=known.len(),
        missing=loads.len() - known.len(),
        caveat=f"Kinds of hub known: {named}.",
    )


@indicator(
    id="local_lens.navigational_hosts",
    label="Hosts of a school's hubs",
    question="In how many different places do the hubs of a school sit?",
    why="Hubs that one organisation hosts are one door to knock at; hubs in many places are many.",
    unit="count",
    missing_rule="Schools that no hub is known to cover, or one of whose hubs has no known host, "
    "are left out and counted.",
    caveat="The mean over schools of the number of different hosts of the hubs whose footprint it "
    "lies in, of the kinds that are known.",
    formula="Mean over schools of the number of different organisations that host the hubs whose "
    "footprints the school lies in. Only schools all of whose hubs have a known host count. A "
    "complete count: there is no interval.",
    needs=("ties.covers", "area_parts", "ties.hosts"),
    references=("greany2022",),
)
@rests_on("governs", "covers", "hosts")
def navigational_hosts(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the mean number of different hosts of a school's hubs."""
    schools = state_schools(here).height
    if schools == 0:
        return no_schools(here)
    hosts = (
        designated(here)
        .join(hub_places(here.whole).select("hub", "host"), on="hub", how="left")
        .group_by("school")
        .agg(pl.col("host").n_unique().alias("hosts"), pl.col("host").null_count().alias("unknown"))
        .filter(pl.col("unknown") == 0)
    )
    if hosts.is_empty():
        return NotMeasured(
            reason="The hosts of the hubs that cover the schools here are not on record.",
            would_tell="A hubs file that names the hosts (`--hubs`).",
            missing=schools,
        )
    return Reading(
        value=float(hosts["hosts"].sum()) / hosts.height,
        n=hosts.height,
        missing=schools - hosts.height,
    )
