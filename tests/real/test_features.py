"""The figures on the open data beside the project: what the report says of England, every authority
without a fault, and a slow reckoning from the files themselves."""

from __future__ import annotations

import csv
import json
import math
from collections import Counter, defaultdict
from pathlib import Path

import polars as pl
import pytest

from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.lens import Lens
from hedgerow.localities.declared import load
from hedgerow.localities.profile import Profile, profile
from hedgerow.sources.register import RegisterInputs, build, open_register

GIAS, LINKS = "edubasealldata20220425.csv", "alllinksdata20220329.csv"
PRIMARY = {"Primary", "Middle deemed primary"}


@pytest.fixture(scope="module")
def england(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Landscape:
    inputs = RegisterInputs(
        gias=real_data / GIAS,
        links=(real_data / LINKS,),
        groups=real_data / "allgroupsdata20220329.csv",
        successors=real_data / "links_edubasealldata20230421.csv",
        census=(real_data / "spc_school_level_underlying_data_202223.csv.gz",),
        imd=(real_data / "File_1_-_IMD2019_Index_of_Multiple_Deprivation.csv.gz",),
        ks2=(real_data / "england_ks2final_201819_subset.csv", real_data / "2018-850-ks2.csv"),
        lsoa=real_data / "lsoa2011_centroids.csv",
        hubs=(real_data / "region_mapping.csv", real_data / "hub_area_districts.csv"),
    )
    return open_register(build(inputs, tmp_path_factory.mktemp("features") / "registers").folder)


@pytest.fixture(scope="module")
def nation(england: Landscape) -> Profile:
    return profile(england, Lens.everywhere())


@pytest.mark.parametrize(
    ("identifier", "value", "tolerance", "n"),
    [
        # more than a third of primaries; four in five secondaries
        ("academies_among_primaries", 0.391, 0.0005, 16_781),
        ("academies_among_secondaries", 0.793, 0.0005, 3_246),
        # more than 1,200 multi-academy trusts: by the link records, and with mainstream schools
        ("trusts_with_two_or_more_schools_in_link_records", 1_202, 0, 2_551),
        ("trusts_with_two_or_more_schools", 1_101, 0, 2_354),
        # an average trust of seven schools
        ("average_trust_size_in_link_records", 7.1, 0.05, 1_202),
        ("average_trust_size", 7.24, 0.005, 1_101),
        # around 1,300 stand-alone academies
        ("stand_alone_academies_in_link_records", 1_349, 0, 2_551),
        ("stand_alone_academies", 1_253, 0, 2_354),
        # most small and medium trusts work in one region; of large ones two thirds, says the
        # report, in two or three: the register gives 40 per cent, and 57 in two or more
        ("small_trusts_in_one_region_share", 0.925, 0.0005, 899),
        ("large_trusts_in_two_or_three_regions_share", 0.40, 0.005, 58),
        ("large_trusts_in_two_or_more_regions_share", 0.57, 0.005, 58),
        ("authorities", 152, 0, 20_185),
    ],
)
def test_what_the_report_says_of_england(nation, identifier, value, tolerance, n):
    found = nation.finding(f"linked_systems.{identifier}")
    assert found.value == pytest.approx(value, abs=tolerance or 1e-9)
    assert found.n == n


def test_what_few_schools_tell_is_not_said_of_england(nation):
    # the full key stage 2 file holds one authority
    found = nation.finding("context.ks2_maths_expected")
    assert found.status == "not measured"
    assert 250 < found.n < 350
    assert "too few to stand for all" in found.reason


def test_context_of_england_lies_where_it_is_published(nation):
    # primary pupils eligible for free school meals in January 2022: 23.1 per cent of those in state
    # primaries by census day; the register's counts are a year older for many schools
    assert nation.finding("context.fsm_share").value == pytest.approx(0.22, abs=0.02)
    # first language other than English: 22.0 per cent of pupils in state primaries, January 2023
    assert nation.finding("context.eal_share").value == pytest.approx(0.22, abs=0.005)
    # scores are centred on the nation
    assert nation.finding("context.ks2_maths_progress").value == pytest.approx(0, abs=0.1)
    assert nation.finding("context.share_in_most_deprived_fifth").value == pytest.approx(
        0.2, abs=0.02
    )


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="cp1252", newline="") as file:
        return list(csv.DictReader(file))


def test_a_slow_reckoning_from_the_files_agrees(real_data, england):
    schools = rows(real_data / GIAS)
    codes = {row["URN"] for row in schools}
    trust_of = {
        row["URN"]: row["Group UID"]
        for row in rows(real_data / LINKS)
        if row["Group Type"] in ("Multi-academy trust", "Single-academy trust")
        and row["URN"] in codes
    }
    academy = {
        row["URN"]
        for row in schools
        if any(word in row["TypeOfEstablishment (name)"]
               for word in ("Academy", "Free", "technical", "Studio"))
    }  # fmt: skip  # the words one under another
    sizes = Counter(trust_of[urn] for urn in academy if urn in trust_of)
    by_authority = defaultdict(list)
    for row in schools:
        if row["PhaseOfEducation (name)"] in PRIMARY:
            by_authority[row["LA (code)"]].append(row["URN"])
    for code in sorted(by_authority)[::7]:
        urns = by_authority[code]
        found = profile(england, Lens.authority(f"la:{code}"))
        bodies = Counter((trust_of.get(urn) if urn in academy else "authority") for urn in urns)
        unknown = bodies.pop(None, 0)
        known = sum(bodies.values())
        effective = known**2 / sum(count**2 for count in bodies.values())
        value = found.finding("linked_systems.effective_governing_bodies")
        assert (value.n, value.missing) == (known, unknown), code
        assert value.value == pytest.approx(effective), code
        large = sum(urn in academy and sizes[trust_of.get(urn)] >= 16 for urn in urns)
        share = found.finding("linked_systems.share_in_trusts_16_plus")
        if share.is_measured:
            assert share.value == pytest.approx(large / len(urns)), code
        alone = {trust_of[urn] for urn in urns if urn in academy and sizes[trust_of.get(urn)] == 1}
        assert found.finding("linked_systems.single_academy_trusts").value == len(alone), code


def keeps_its_bounds(found: Profile) -> None:
    for one in found.findings:
        assert one.n >= 0
        assert one.missing >= 0
        if one.is_measured:
            assert math.isfinite(one.value), one
            if one.indicator.unit == "share":
                assert 0 <= one.value <= 1, one
                assert one.n >= 5, one
            if one.interval:
                assert one.interval.low - 1e-9 <= one.value <= one.interval.high + 1e-9, one
        else:
            assert one.reason, one
    assert found.overview
    json.dumps(found.to_json(), allow_nan=False)


@pytest.mark.parametrize(
    ("name", "ratio"), [("small_schools", 0.797201932), ("secondaries", 3.593470512)]
)
def test_small_schools_held_back_and_secondaries_went_first(england, name, ratio):
    # PHReg of statsmodels 0.15, ties after Efron, run once on the same schools
    here = england.through(Lens.everywhere(), phase="primary")
    declared = {one.id: one for one in load()}
    found = declared[f"local_lens.conversion_hazard_{name}"].measure(here)
    assert found.value == pytest.approx(ratio, abs=1e-6)


@pytest.mark.slow
def test_every_authority_has_a_profile(england):
    authorities = england.organisations.filter(pl.col("kind") == "authority")["id"].sort()
    assert authorities.len() == 152
    for authority in authorities:
        keeps_its_bounds(profile(england, Lens.authority(authority)))
    for phase in ("secondary", "all"):
        for authority in authorities.gather_every(6):
            keeps_its_bounds(profile(england, Lens.authority(authority), phase=phase))


@pytest.mark.slow
def test_places_of_other_kinds_have_profiles(england):
    today = england.on(england.as_of).organisations
    kinds = ("trust", "teaching_school_hub")
    identifiers = [
        today.filter(pl.col("kind") == kind)["id"].sort().gather_every(step)
        for kind, step in zip(kinds, (150, 25), strict=True)
    ]
    lenses = [Lens.trust(one) for one in identifiers[0]]
    lenses += [Lens.hub(one) for one in identifiers[1]]
    lenses += [
        Lens.radius(435_000, 387_000, 5),
        Lens.radius(0, 0, 1),
        Lens.region("North East"),
        Lens.authority("la:420"),
        Lens.listed(["urn:100000"]),
        Lens.authority("la:201") | Lens.authority("la:202"),
    ]
    for lens in lenses:
        keeps_its_bounds(profile(england, lens, phase="all"))
