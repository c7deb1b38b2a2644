"""How far each person of a place plays Williams's four parts: reticulist, interpreter, coordinator,
entrepreneur.

Each is measured in its own unit and turned into a percentile among the people of the place; they
are never added up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.features.bridging.people_here import hats
from hedgerow.features.bridging.person_network import CARRIED, PersonNetwork, person_network
from hedgerow.features.bridging.translation import adoptions_in_use, mediated
from hedgerow.features.practices.likeness import similarity
from hedgerow.features.practices.repertoire import repertoire
from hedgerow.features.professional_learning.records import twelve_months
from hedgerow.features.school_ties import ties_in_force
from hedgerow.features.state_schools import state_schools
from hedgerow.landscape.finding import NotMeasured
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.beta_share import posterior_share
from hedgerow.methods.structural_holes import effective_size

ROLES = ("reticulist", "interpreter", "coordinator", "entrepreneur")

BEGUN_WITHIN = timedelta(days=3 * 365)
"""What a person began counts for so long."""

UPPER = 0.75
"""Percentile from which a person counts as playing a part."""

DAYS_A_YEAR = 365.25


@dataclass(frozen=True, eq=False)
class RoleScores:
    """Scores of the people of a place; NaN where not known.

    Attributes
    ----------
    persons : tuple of str
        As in `person_network`.
    scores : mapping of str to array of shape (persons,)
        By role, each in its own unit.
    why_not : mapping of str to NotMeasured
        Roles that nobody's score is known for.
    """

    persons: tuple[str, ...]
    scores: Mapping[str, NDArray[np.float64]]
    why_not: Mapping[str, NotMeasured]

    def percentiles(self, role: str) -> NDArray[np.float64]:
        """Give each person's percentile, 0 to 1, among those whose score is known: the share of the
        others with less, ties counting half."""
        return percentiles(self.scores[role])

    def plays(self, role: str) -> NDArray[np.bool_]:
        """Say who is in the upper quarter of a role with a score above nought."""
        score = self.scores[role]
        with np.errstate(invalid="ignore"):
            return np.asarray((self.percentiles(role) >= UPPER) & (score > 0))


def percentiles(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give for each known value the share of the other known ones below it, ties counting half;
    NaN for unknown ones, and for a value that stands alone."""
    found = np.full(values.size, np.nan)
    known = np.flatnonzero(~np.isnan(values))
    if known.size < 2:
        return found
    ordered = np.sort(values[known])
    below = np.searchsorted(ordered, values[known], side="left")
    up_to = np.searchsorted(ordered, values[known], side="right")
    found[known] = (below + (up_to - below - 1) / 2) / (known.size - 1)
    return found


def role_scores(here: LocalLandscape) -> RoleScores | NotMeasured:
    """Give the four scores of everyone who holds a role in the place, or why nobody is known."""
    return here.worked_out("role scores", lambda: _role_scores(here))


def _role_scores(here: LocalLandscape) -> RoleScores | NotMeasured:
    network = person_network(here)
    if isinstance(network, NotMeasured):
        return network
    found = {
        "reticulist": _reticulist(here, network),
        "interpreter": _interpreter(here, network),
        "coordinator": _coordinator(here, network),
        "entrepreneur": _entrepreneur(here, network),
    }
    nobody = np.full(len(network.persons), np.nan)
    return RoleScores(
        persons=network.persons,
        scores={
            role: nobody if isinstance(score, NotMeasured) else score
            for role, score in found.items()
        },
        why_not={role: why for role, why in found.items() if isinstance(why, NotMeasured)},
    )


def _reticulist(here: LocalLandscape, network: PersonNetwork) -> NDArray[np.float64] | NotMeasured:
    """Effective size of the contacts, and by how much more often than chance a person's contacts of
    different bodies came to know each other within the last year."""
    size = effective_size(network.adjacency)
    if np.isnan(size).all():
        return NotMeasured(
            reason="No two of the people on record share an organisation or a tie.",
            would_tell="Ties, with who carries them.",
        )
    return np.asarray(size + _closing(here, network))


def _closing(here: LocalLandscape, network: PersonNetwork) -> NDArray[np.float64]:
    """Share of a person's open pairs of a year ago that have closed since, less that of all pairs
    at two steps; 0 where there were none or the year before is not known."""
    nothing = np.zeros(len(network.persons))
    before = here.on_earlier(twelve_months(here.on) - timedelta(days=1))
    then = None if before is None else person_network(before)
    if then is None or isinstance(then, NotMeasured):
        return nothing
    row_then = {person: row for row, person in enumerate(then.persons)}
    both = [person for person in network.persons if person in row_then]
    rows = np.array([network.persons.index(person) for person in both], dtype=np.int64)
    earlier = np.array([row_then[person] for person in both], dtype=np.int64)
    was = _tied(then.adjacency)[np.ix_(earlier, earlier)]
    now = _tied(network.adjacency)[np.ix_(rows, rows)]
    of_one_body = then.shares[earlier] @ then.shares[earlier].T > 0
    wide = was.astype(np.float32)
    at_two = (wide @ wide > 0) & ~was & ~of_one_body
    np.fill_diagonal(at_two, False)
    if not at_two.any():
        return nothing
    usual = float(now[at_two].mean())
    for place, row in enumerate(rows):
        contacts = np.flatnonzero(was[place])
        pairs = at_two[np.ix_(contacts, contacts)]
        if pairs.any():
            closed = now[np.ix_(contacts, contacts)][pairs]
            nothing[row] = float(closed.mean()) - usual
    return nothing


def _tied(adjacency: NDArray[np.float64]) -> NDArray[np.bool_]:
    return np.asarray((adjacency > 0) | (adjacency.T > 0))


def _interpreter(here: LocalLandscape, network: PersonNetwork) -> NDArray[np.float64] | NotMeasured:
    """How differently the schools work that a person joins, times how much of what came through
    them was reworked."""
    alike, known = similarity(here), repertoire(here)
    if isinstance(alike, NotMeasured):
        return alike
    assert not isinstance(known, NotMeasured)  # likeness rests on it
    through = mediated(here).filter(pl.col("is_translated").is_not_null())
    held = hats(here)
    assert not isinstance(held, NotMeasured)  # the network rests on it
    counts = {
        row[0]: (int(row[1]), int(row[2]))
        for row in through.group_by("through")
        .agg(pl.col("is_translated").sum(), pl.len().alias("all"))
        .iter_rows()
    }
    if not counts:
        return NotMeasured(
            reason="Through whom the schools' practices and tools came is not on record.",
            would_tell="For each practice and tool: through whom it came, and in what form.",
        )
    own: dict[str, set[str]] = {}
    for person, organisation in held.select("person", "organisation").iter_rows():
        own.setdefault(person, {person}).add(organisation)
    reached = _schools_joined(here, held)
    row_of = {school: row for row, school in enumerate(known.schools)}
    score = np.full(len(network.persons), np.nan)
    for place, person in enumerate(network.persons):
        passed = [counts[one] for one in own[person] if one in counts]
        rows = sorted(row_of[one] for one in reached.get(person, ()) if one in row_of)
        if not passed or len(rows) < 2:
            continue
        likeness = alike[np.ix_(rows, rows)][np.triu_indices(len(rows), k=1)]
        if np.isnan(likeness).all():
            continue
        reworked, total = (sum(part) for part in zip(*passed, strict=True))
        score[place] = (1 - np.nanmean(likeness)) * posterior_share(reworked, total - reworked).mean
    if np.isnan(score).all():
        return NotMeasured(
            reason="Nobody through whose organisation practices came is on record as joining two "
            "schools.",
            would_tell="Ties with who carries them, and through whom practices came.",
        )
    return score


def _schools_joined(here: LocalLandscape, held: pl.DataFrame) -> dict[str, set[str]]:
    """Schools in which each person holds a role or to which a tie that they carry leads.

    Those with a role in a hub or trust, and no tie of their own, join the schools that took
    something up through it.
    """
    schools = set(state_schools(here)["id"])
    reached: dict[str, set[str]] = {}
    for person, organisation in held.select("person", "organisation").iter_rows():
        reached.setdefault(person, set()).update({organisation} & schools)
    carried = ties_in_force(here, CARRIED).filter(pl.col("carrier").is_not_null())
    for one, other, carrier in carried.select("from_id", "to_id", "carrier").iter_rows():
        if carrier in reached:
            reached[carrier] |= {one, other} & schools
    taken: dict[str, set[str]] = {}
    for school, through in mediated(here).select("school", "through").iter_rows():
        taken.setdefault(through, set()).add(school)
    for person, organisation in held.select("person", "organisation").iter_rows():
        reached[person] |= taken.get(organisation, set())
    for person in reached:
        reached[person] |= taken.get(person, set())
    return reached


def _coordinator(here: LocalLandscape, network: PersonNetwork) -> NDArray[np.float64] | NotMeasured:
    """Meetings of two organisations or more that a person convened in the twelve months to the day,
    and joint bids in force that they carry."""
    since = twelve_months(here.on)
    recent = pl.col("date").is_between(since, here.on)
    meetings = here.whole.table("meetings").filter(recent)
    bids = _bids(here)
    convened = _convened(here, meetings)
    if convened.is_empty() and bids.is_empty():
        return NotMeasured(
            reason="Neither who convened the meetings of the twelve months nor who carried joint "
            "bids is on record.",
            would_tell="For each meeting the organisation that convened it and who was there for "
            "each; for each joint bid the person behind it.",
        )
    in_force = bids.filter(pl.col("end").is_null() | (pl.col("end") > here.on))
    return _counted(
        network,
        convened["person"].to_list(),
        in_force["carrier"].to_list(),
    )


def _convened(here: LocalLandscape, meetings: pl.DataFrame) -> pl.DataFrame:
    """Who was there for the convenor of each meeting of two organisations or more: ``meeting``,
    ``person``, ``forum``, ``date``."""
    attended = here.whole.table("attendance").join(
        meetings.select("id", "forum", "convenor", "date"), left_on="meeting", right_on="id"
    )
    joint = attended.group_by("meeting").agg(pl.col("organisation").n_unique().alias("many"))
    return (
        attended.join(joint.filter(pl.col("many") > 1), on="meeting", how="semi")
        .filter(pl.col("organisation") == pl.col("convenor"), pl.col("person").is_not_null())
        .select("meeting", "person", "forum", "date")
        .unique()
    )


def _bids(here: LocalLandscape) -> pl.DataFrame:
    """Joint bids that somebody carried and that had begun by the day; several pairs of partners of
    one carrier and day are one bid."""
    return (
        here.whole.all_days.ties.filter(
            pl.col("kind") == "joint_bid", pl.col("carrier").is_not_null()
        )
        .filter(pl.col("start").is_null() | (pl.col("start") <= here.on))
        .group_by("carrier", "start")
        .agg(pl.when(pl.col("end").is_not_null().all()).then(pl.col("end").max()).alias("end"))
        .sort("carrier", "start")
    )


def _entrepreneur(
    here: LocalLandscape, network: PersonNetwork
) -> NDArray[np.float64] | NotMeasured:
    """Joint bids, forums and programmes that a person began in the last three years, and by how
    many years their school takes things up before others."""
    since = here.on - BEGUN_WITHIN
    began = pl.col("start").is_between(since, here.on)
    bids = _bids(here).filter(began)
    firsts = (
        here.whole.table("meetings")
        .filter(pl.col("date") <= here.on)
        .sort("date", "id")
        .group_by("forum", maintain_order=True)
        .first()
        .filter(pl.col("date") > since)
    )
    forums = _convened(here, firsts)
    programmes = _programmes_begun(here, since)
    leads = _lead_years(here)
    if bids.is_empty() and forums.is_empty() and not programmes and not leads:
        return NotMeasured(
            reason="Neither who began bids, forums or programmes in the last three years nor since "
            "when schools use what they use is on record.",
            would_tell="First days of programmes and forums, with who was behind them; since when "
            "each school uses a practice or tool.",
        )
    score = _counted(network, bids["carrier"].to_list(), forums["person"].to_list(), programmes)
    for place, person in enumerate(network.persons):
        score[place] += leads.get(person, 0.0)
    return score


def _programmes_begun(here: LocalLandscape, since: date) -> list[str]:
    """Persons with a post at the provider of a programme that first ran after a day, once for each
    programme."""
    held = hats(here)
    if isinstance(held, NotMeasured):
        return []
    schools = state_schools(here)["id"].implode()
    begun = (
        here.whole.table("activities")
        .filter(~pl.col("provider").is_in(schools), pl.col("start") <= here.on)
        .group_by("provider", pl.coalesce("programme", "name"))
        .agg(pl.col("start").min())
        .filter(pl.col("start") > since)
    )
    posts = held.filter(~pl.col("is_seat")).select("person", "organisation").unique()
    # a provider whose every programme is new has only just come on record
    old = (
        here.whole.table("activities").filter(pl.col("start") <= since).select("provider").unique()
    )
    return (
        begun.join(old, on="provider", how="semi")
        .join(posts, left_on="provider", right_on="organisation")["person"]
        .to_list()
    )


def _lead_years(here: LocalLandscape) -> dict[str, float]:
    """By how many years a person's school takes up what it uses before the middle school, the mean
    over items and schools."""
    held = hats(here)
    if isinstance(held, NotMeasured):
        return {}
    local = state_schools(here).select(pl.col("id").alias("school"))
    dated = (
        adoptions_in_use(here.whole)
        .join(local, on="school", how="semi")
        .filter(pl.col("start").is_not_null(), pl.len().over("item") > 1)
    )
    lead = (pl.col("start").median().over("item") - pl.col("start")).dt.total_days() / DAYS_A_YEAR
    by_school = (
        dated.with_columns(pl.col("start").cast(pl.Datetime("ms")))
        .with_columns(lead.alias("lead"))
        .group_by("school")
        .agg(pl.col("lead").mean())
    )
    found = (
        held.join(by_school, left_on="organisation", right_on="school")
        .group_by("person")
        .agg(pl.col("lead").mean())
    )
    return {str(person): float(years) for person, years in found.iter_rows()}


def _counted(network: PersonNetwork, *lists: list[str]) -> NDArray[np.float64]:
    """How often each person of the network stands in the lists."""
    row_of = {person: row for row, person in enumerate(network.persons)}
    score = np.zeros(len(network.persons))
    for names in lists:
        for name in names:
            if name in row_of:
                score[row_of[name]] += 1.0
    return score
