"""What would go with one person: roles, ties and nearness to providers, with nobody taking over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from hedgerow.features.bridging.fragility import fragility_here
from hedgerow.features.bridging.people_here import hats, organisations_here
from hedgerow.features.school_ties import ties_in_force
from hedgerow.landscape.finding import NotMeasured
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.shown_names import shown_name
from hedgerow.reporting.pictures.network_data import TIES, kind_words, person_labels
from hedgerow.reporting.table import Column, Table
from hedgerow.reporting.wording import number_text

_CARRIED = tuple(kind for _, kinds in TIES.values() for kind in kinds)


@dataclass(frozen=True, eq=False)
class Leaving:
    """What would go with a person.

    Attributes
    ----------
    person, label : str
    said : tuple of str
        In sentences.
    table : Table
        Every role and tie that would go.
    """

    person: str
    label: str
    said: tuple[str, ...]
    table: Table


def people_table(here: LocalLandscape) -> Table | NotMeasured:
    """List the persons who link organisations: who hold roles in two or carry a tie, in
    order of what they are called. Columns ``person`` and ``label`` name them.

    The share of nearness and the schools cut off are empty where no such path is known.
    """
    return here.worked_out("people who link", lambda: _people_table(here))


def _people_table(here: LocalLandscape) -> Table | NotMeasured:
    held = hats(here)
    if isinstance(held, NotMeasured):
        return held
    ties = _carried(here)
    labels = person_labels(here)
    rows = (
        held.group_by("person")
        .agg(pl.col("organisation").n_unique().cast(pl.Int64).alias("organisations"))
        .join(
            ties.group_by(pl.col("carrier").alias("person")).agg(
                pl.len().cast(pl.Int64).alias("ties")
            ),
            on="person",
            how="left",
        )
        .with_columns(pl.col("ties").fill_null(0))
        .filter((pl.col("organisations") > 1) | (pl.col("ties") > 0))
    )
    losses = _losses(here)
    rows = (
        rows.join(losses, on="person", how="left")
        .with_columns(pl.col("person").replace_strict(labels).alias("label"))
        .sort("label", "person")
    )
    return Table(
        "people",
        "People who link organisations",
        (
            Column("label", "person"),
            Column("organisations", "organisations with a role", "count"),
            Column("ties", "ties carried", "count"),
            Column("closeness_lost", "nearness to providers that would go", "share", 0),
            Column("schools_cut_off", "schools cut off", "count"),
        ),
        rows,
        note="They stand in order of name, which ranks nobody; people go by a pseudonym unless "
        f"they agreed to be named. {_what_shares_are_of(here)}Nobody is taken to follow, so that "
        "what would go is an upper bound, and roles that nobody entered are not there.",
    )


def _carried(here: LocalLandscape) -> pl.DataFrame:
    """Ties between organisations of the place that a person carries."""
    known = organisations_here(here)["id"].implode()
    return ties_in_force(here, _CARRIED).filter(
        pl.col("carrier").is_not_null(),
        pl.col("from_id").is_in(known),
        pl.col("to_id").is_in(known),
    )


def _losses(here: LocalLandscape) -> pl.DataFrame:
    found = fragility_here(here)
    schema = {"person": pl.String, "closeness_lost": pl.Float64, "schools_cut_off": pl.Int64}
    if isinstance(found, NotMeasured):
        return pl.DataFrame(schema=schema)
    schools = found.paths.schools.size
    rows = [
        (person, max(float(closeness), 0.0), round(float(reach) * schools))
        for person, closeness, reach in zip(
            found.paths.persons,
            found.losses.closeness_lost,
            found.losses.reach_lost,
            strict=True,
        )
    ]
    return pl.DataFrame(rows, schema=schema, orient="row")


def _what_shares_are_of(here: LocalLandscape) -> str:
    found = fragility_here(here)
    if isinstance(found, NotMeasured):
        return ""
    schools, now = found.paths.schools.size, found.losses.in_reach
    return (
        "The share is of the nearness that all schools here together have to hubs and other "
        f"providers through people on record; {now:,} of the {_counted(schools, 'school')} "
        f"{'reaches' if now == 1 else 'reach'} one in three steps or fewer. "
    )


def leaving(here: LocalLandscape, person: str) -> Leaving | None:
    """Say what would go with a person; None where the person has no role on record here."""
    held = hats(here)
    if isinstance(held, NotMeasured) or person not in set(held["person"]):
        return None
    names = here.whole.names()
    label = person_labels(here)[person]
    roles = held.filter(pl.col("person") == person)["organisation"].unique().sort()
    ties = _carried(here).filter(pl.col("carrier") == person)

    def called(one: str) -> str:
        return shown_name(names.get(one, one))

    rows = [("role in", called(one), "") for one in roles]
    rows += [
        (kind_words(kind), called(start), called(end))
        for start, end, kind in ties.sort("kind", "from_id", "to_id")
        .select("from_id", "to_id", "kind")
        .iter_rows()
    ]
    said = [
        f"{label} has roles in {_counted(roles.len(), 'organisation')} here and carries "
        f"{_counted(ties.height, 'tie')} between organisations: all of these would go."
    ]
    said += _alone(held, person, called)
    said.append(_nearness(here, person))
    said.append(
        "Nobody is taken to follow: a successor keeps some of it, so that this is an upper bound. "
        "It says nothing of how good anybody is, or whether they mean to go."
    )
    return Leaving(
        person=person,
        label=label,
        said=tuple(said),
        table=Table(
            "leaving",
            f"What would go with {label}",
            (
                Column("what", "what"),
                Column("one", "organisation"),
                Column("other", "and"),
            ),
            pl.DataFrame(
                rows, schema={"what": pl.String, "one": pl.String, "other": pl.String}, orient="row"
            ),
        ),
    )


def _counted(many: int, what: str) -> str:
    return f"{many:,} {what}{'' if many == 1 else 's'}"


def _alone(held: pl.DataFrame, person: str, called: Callable[[str], str]) -> list[str]:
    """Name the pairs of organisations that share this person and nobody else."""
    seats = held.select("person", "organisation").unique()
    pairs = (
        seats.join(seats, on="person", suffix="_other")
        .filter(pl.col("organisation") < pl.col("organisation_other"))
        .group_by("organisation", "organisation_other")
        .agg(pl.col("person"))
        .filter(pl.col("person").list.len() == 1, pl.col("person").list.first() == person)
        .sort("organisation", "organisation_other")
    )
    said = [
        f"{called(one)} and {called(other)}"
        for one, other in pairs.select("organisation", "organisation_other").iter_rows()
    ]
    return [f"Nobody else has roles in both of these: {'; '.join(said)}."] if said else []


def _nearness(here: LocalLandscape, person: str) -> str:
    found = fragility_here(here)
    if isinstance(found, NotMeasured):
        return (
            f"What this means for the schools' nearness to providers is not known. {found.reason}"
        )
    number = found.paths.persons.index(person)
    share = max(float(found.losses.closeness_lost[number]), 0.0)
    schools = round(float(found.losses.reach_lost[number]) * found.paths.schools.size)
    lost = number_text(share, "share", decimals=0)
    now = found.losses.in_reach
    return (
        f"{_counted(now, 'school')} now {'reaches' if now == 1 else 'reach'} a hub or another "
        f"provider in three steps or fewer; without this person {now - schools:,} would. In all, "
        f"{lost} of the schools' nearness to hubs and other providers would go."
    )
