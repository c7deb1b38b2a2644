"""Write which indicators each row of the measurement model has, and where they are measured.

``python -m tools.measurement_model`` measures City, Town and Shire of the made-up region as on the
study's day and writes ``docs/explanation/measurement-model.md``; a test holds the page to it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from hedgerow.fieldbook.made_up.plan import STUDY_DAY
from hedgerow.landscape.finding import Finding
from hedgerow.landscape.indicators import Indicator
from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.places import find_place
from hedgerow.localities.declared import load
from tools.made_up_facts import region_landscape

PAGE = Path(__file__).resolve().parents[1] / "docs" / "explanation" / "measurement-model.md"
PLACES = ("City", "Town", "Shire")

BEFORE = """\
# The measurement model

What the study's report and blog lead one to measure, row by row, and the indicators that do. The
rows are those of the design from which this software was built: six features (local lens, many
linked systems, professional learning, practices, bridging, sense making), then four themes, then
the setting and what the report says of England's trusts. An indicator may serve several rows. A
star stands for a family.

Tier O rests on open data and is asked of every local authority of England; tier E takes local
evidence. “All three” means that every indicator of the row has a value in City, Town and Shire of
[the made-up localities](made-up-localities.md), on the day of the study's facts and for schools of
all phases; else the number that have one is given for each, and what has none is listed below with
the reason. In a place without a fieldbook an indicator of tier E is not measured, and says what
would tell.

"""

AFTER = """
This page is written by `python -m tools.measurement_model`; a test holds it to the region.
"""


@dataclass(frozen=True)
class Row:
    """One row of the measurement model.

    Attributes
    ----------
    key : str
        Its short name in the design.
    name : str
    indicators : tuple of str
        Identifiers, or patterns with a star.
    """

    key: str
    name: str
    indicators: tuple[str, ...]

    def declared(self, every: Iterable[Indicator]) -> list[Indicator]:
        """Give the declared indicators of the row, in order of declaration."""
        return [one for one in every if any(fnmatchcase(one.id, it) for it in self.indicators)]


def _row(key: str, name: str, feature: str, *names: str) -> Row:
    """A name with a dot stands in another feature than the row's."""
    return Row(key, name, tuple(one if "." in one else f"{feature}.{one}" for one in names))


_LOCAL, _LINKED, _LEARNING = "local_lens", "linked_systems", "professional_learning"
_BRIDGING, _SENSE = "bridging", "sense_making"

ROWS = (
    _row("L1", "trust localness", _LOCAL, "local_trust_share", "trust_localness",
         "cross_regional_share"),
    _row("L2", "trust compactness", _LOCAL, "trust_compactness"),
    _row("L3", "nestedness of divisions", _LOCAL, "nestedness_*", "agreement_*"),
    _row("L3b", "navigational load", _LOCAL, "navigational_*"),
    _row("L4", "cluster splintering and survival", _LOCAL, "cluster_*"),
    _row("F_knn", "fragmentation of neighbourhoods", _LOCAL, "neighbour_fragmentation"),
    _row("L5", "isolation in the trust", _LOCAL, "isolated_in_trust_share", "nearest_in_trust_km"),
    _row("L6", "reported local", _LOCAL, "reported_*"),
    _row("L7", "path to academies", _LOCAL, "conversion*", "converted_by_*", "sponsored_share",
         "recent_conversion_share", "years_to_quarter_converted"),
    _row("K1", "who governs, effective number of bodies", _LINKED, "maintained_share",
         "*_academy_trusts", "share_in_*", "academies_among_*", "*governing_bodies*"),
    _row("K2", "interlock of providers", _LINKED, "interlock_*", "carrier_concentration",
         "sole_concentration", "collaboration_density", "meeting_density"),
    _row("K3", "ties across trusts, mixing", _LINKED, "cross_trust_*", "body_assortativity*"),
    _row("K4", "communities and trusts", _LINKED, "communities_follow_trusts",
         "trust_modularity_ratio"),
    _row("K5", "coupling of layers", _LINKED, "overlap_*", "multiplex_participation"),
    _row("K6", "hubs: distance, inside, co-location", _LINKED, "hub_*", "hubs_hosted_*",
         "hubs_serving"),
    _row("K7", "core and periphery", _LINKED, "core_fit"),
    _row("K8", "dynamics of trusts", _LINKED, "trust_standardisation", "trusts_tied_share",
         "trusts_joining_in_share", "performance_pressure_share", "hubs_run_by_growing_trusts"),
    _row("K9", "tight or loose coupling", _LINKED, "change_follows_change",
         "association_coverage"),
    _row("P1", "reach, intensity, breadth", _LEARNING, "reach", "*_reach", "*_intensity",
         "breadth"),
    _row("P2", "sustained and spaced", _LEARNING, "sustained_share", "year_long_spells",
         "spaced_share"),
    _row("P3", "mix of modes, by role", _LEARNING, "*_mode_mix", "external_formal_*",
         "external_informal_*", "external_places_*"),
    _row("P4", "collective participation", _LEARNING, "collective_share"),
    _row("P5", "participation over providers", _LEARNING, "provider_participation"),
    _row("P6", "dilution along the cascade", _LEARNING, "cascade_depth", "expected_dilution",
         "measured_dilution"),
    _row("R1", "likeness within and between trusts", "practices", "likeness_*"),
    _row("R2", "sorting of schemes", "practices", "scheme_by_trust", "scheme_across_ties"),
    _row("R3", "shared repertoire", "practices", "scheme_concentration", "core_repertoire_share"),
    _row("R4", "tightness and prescription of trusts", "practices", "trust_tightness",
         "tight_trusts", "trust_prescription"),
    _row("R5", "full epistemic ties", "practices", "full_ties_across_trusts"),
    _row("B1", "brokerage roles", _BRIDGING, "school_*_share", "person_*_share"),
    _row("B2", "structural holes", _BRIDGING, "school_constraint", "school_effective_size"),
    _row("B3", "many hats", _BRIDGING, "many_hats_share", "hats_of_a_spanner",
         "kinds_joined_by_a_spanner", "exclusive_interlock_share"),
    _row("B4", "Williams's four parts", _BRIDGING, "reticulists", "interpreters", "coordinators",
         "entrepreneurs", "several_parts"),
    _row("B5", "conduit or translator", _BRIDGING, "translated_share"),
    _row("B6", "what goes with one person", _BRIDGING, "closeness_to_providers", "fragility*",
         "reach_lost", "interlock_loss", "loss_inequality", "lost_with_a_leaver"),
    _row("B7", "boundary keeping", _BRIDGING, "joining_*", "closed_*", "boundary_keeping_trusts"),
    _row("B8", "facing outward", _BRIDGING, "outward_index", "leadership.outward_facing_share"),
    _row("M1", "coverage of forums", _SENSE, "forum_coverage*"),
    _row("M2", "boundary crossing of forums", _SENSE, "kinds_in_the_room",
         "bridging_meetings_share", "practitioner_*"),
    _row("M3", "agreement on priorities", _SENSE, "priority_*"),
    _row("M4", "from evidence to action", _SENSE, "loop_closure", "days_to_review",
         "share_reaching_*", "actions_done_share"),
    _row("M5", "rhythm", _SENSE, "meeting_rhythm", "longest_gap"),
    _row("M6", "gap of oversight", _SENSE, "oversight_gap"),
    _row("C1", "balkanisation, three figures", "coherence", "practices.likeness_gap",
         "linked_systems.cross_trust_index", "internal_share"),
    _row("C2", "overlap, gaps, signposting of offers", "coherence", "offer_*",
         "signposted_schools_share", "linked_systems.signposting_density"),
    _row("C3", "experienced coherence", "coherence", "experienced_*"),
    _row("C4", "career-long strand", "coherence", "career_*"),
    _row("Q1-3", "design, dose and what is left of it", "quality", "*"),
    _row("E1", "access to hubs", "equity", "hub_access_*"),
    _row("E2", "distance, the farthest weighing most", "equity", "hub_distance_ede_*"),
    _row("E3", "towards need", "equity", "*_towards_disadvantaged"),
    _row("E4", "postcode lottery", "equity", "dose_between_*", "maths_hub_median_odds_ratio",
         "hub_reach_against_rest"),
    _row("E5", "cold spots", "equity", "*cold_spots*"),
    _row("E6", "capacity to release", "equity", "small_school_hub_ratio",
         "small_rural_far_share"),
    _row("E7", "isolated schools", "equity", "isolated_share", "structurally_isolated_share"),
    _row("E8", "haves and have-nots", "equity", "net_trade", "sales_inequality"),
    _row("G1", "landscape gardeners", "leadership", "gardeners_per_100_schools"),
    _row("G2", "dependence on few", "leadership", "lost_with_three", "bridging.fragility",
         "linked_systems.carrier_concentration"),
    _row("G3", "named and designated", "leadership", "visibility_gap", "named_but_gone"),
    _row("G4", "rootedness and succession", "leadership", "rootedness_years", "succession_cover"),
    _row("G5", "spanners not yet named", "leadership", "spanners_unseen", "snowball_coverage"),
    _row("setting", "the place as table 1.1 of the report gives it", "context", "*"),
    _row("England", "what the report says of England's trusts", _LINKED, "trusts_with_*",
         "stand_alone_*", "average_trust_size*", "*_region*_share", "authorities"),
)  # fmt: skip  # one row of the model reads best in a line or two


def measured(landscape: Landscape) -> dict[tuple[str, str], Finding]:
    """Measure every indicator of the model in the three places, by identifier and place."""
    found = {}
    for place in PLACES:
        lens = find_place(landscape, f"authority:{place}")
        here = landscape.through(lens, on=STUDY_DAY, phase="all")
        for one in load():
            found[one.id, place] = one.measure(here)
    return found


def page(findings: dict[tuple[str, str], Finding]) -> str:
    """Give the page."""
    every = load()
    lines = ["| row | what | indicators | tier | measured |", "|---|---|---|---|---|"]
    for row in ROWS:
        declared = row.declared(every)
        tiers = "".join(sorted({one.tier for one in declared}, reverse=True))
        ids = ", ".join(f"`{one}`" for one in row.indicators)
        lines.append(f"| {row.key} | {row.name} | {ids} | {tiers} | {_where(declared, findings)} |")
    lines += ["", "## Not measured, and why", "", "| indicator | where | why |", "|---|---|---|"]
    lines += _reasons(findings)
    return BEFORE + "\n".join(lines) + "\n" + AFTER


def _where(declared: Sequence[Indicator], findings: dict[tuple[str, str], Finding]) -> str:
    counts = [sum(findings[one.id, place].is_measured for one in declared) for place in PLACES]
    if all(count == len(declared) for count in counts):
        return "all three"
    told = zip(PLACES, counts, strict=True)
    return f"of {len(declared)}: " + ", ".join(f"{place} {count}" for place, count in told)


def _reasons(findings: dict[tuple[str, str], Finding]) -> list[str]:
    by_reason: dict[tuple[str, str], list[str]] = {}
    for (identifier, place), finding in findings.items():
        if not finding.is_measured:
            by_reason.setdefault((identifier, finding.reason), []).append(place)
    order = {one.id: number for number, one in enumerate(load())}
    return [
        f"| `{identifier}` | {', '.join(places)} | {reason} |"
        for (identifier, reason), places in sorted(
            by_reason.items(), key=lambda told: (order[told[0][0]], told[1])
        )
    ]


def main() -> int:
    """Write the page."""
    with tempfile.TemporaryDirectory() as folder:
        PAGE.write_text(page(measured(region_landscape(Path(folder)))), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
