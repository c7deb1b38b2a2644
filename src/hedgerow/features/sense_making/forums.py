"""The forums in which the place's schools and authority sit, their meetings and who was there.

A forum has no place of its own: it belongs to every place of which a school, or the authority, came
to one of its meetings.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from hedgerow.features.professional_learning.records import twelve_months
from hedgerow.features.readings import plural
from hedgerow.features.state_schools import no_schools, state_schools
from hedgerow.landscape.finding import NotMeasured
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.periods import in_words
from hedgerow.landscape.succession import under_present_identifiers

FORUMS_NEEDED = ("meetings", "attendance", "ties.succeeds")
"""What a figure of these forums needs, as declared by an indicator."""

WOULD_TELL = (
    "For each forum its meetings, and for each meeting who was there: agendas and minutes have it."
)


@dataclass(frozen=True, eq=False)
class Forums:
    """Forums of the place, up to the day.

    Attributes
    ----------
    meetings : polars.DataFrame
        Columns of `Meetings`, in order of date and identifier.
    attendance : polars.DataFrame
        One row for each meeting, organisation and role: ``meeting``, ``forum``, ``date``,
        ``organisation`` (schools under their present identifier), ``kind`` (null where the
        organisation is not known), ``role``.
    """

    meetings: pl.DataFrame
    attendance: pl.DataFrame

    @property
    def unattended(self) -> int:
        """Meetings of which it is not on record who was there."""
        listed = self.attendance["meeting"].unique().implode()
        return int((~self.meetings["id"].is_in(listed)).sum())


def forums(here: LocalLandscape) -> Forums | NotMeasured:
    """Give the forums that a state school of the place, or its authority, ever came to by the
    day."""
    return here.worked_out("forums", lambda: _forums(here))


def _forums(here: LocalLandscape) -> Forums | NotMeasured:
    schools = state_schools(here)
    if schools.is_empty():
        return no_schools(here)
    whole = here.whole
    meetings = whole.table("meetings").filter(pl.col("date") <= here.on)
    kinds = whole.all_days.organisations.select(pl.col("id").alias("organisation"), "kind")
    attendance = (
        under_present_identifiers(whole.table("attendance"), whole, "organisation")
        .join(meetings.select(pl.col("id").alias("meeting"), "forum", "date"), on="meeting")
        .join(kinds, on="organisation", how="left")
        .select("meeting", "forum", "date", "organisation", "kind", "role")
        .unique(maintain_order=True)
    )
    members = here.member_ids
    is_authority = (pl.col("kind") == "authority") & pl.col("organisation").is_in(members)
    is_school = pl.col("organisation").is_in(schools["id"].implode())
    own = attendance.filter(is_authority | is_school)["forum"].unique().implode()
    if own.len() == 0 or own.explode().is_empty():
        return NotMeasured(
            reason="No record of a forum in which schools here, or their authority, took part was "
            "given.",
            would_tell=WOULD_TELL,
            missing=schools.height,
        )
    return Forums(
        meetings=meetings.filter(pl.col("forum").is_in(own)).sort("date", "id"),
        attendance=attendance.filter(pl.col("forum").is_in(own)).sort("date", "meeting"),
    )


def recent_forums(here: LocalLandscape) -> Forums | NotMeasured:
    """Give the forums of the place with what happened in the twelve months up to the day."""
    found = forums(here)
    if isinstance(found, NotMeasured):
        return found
    first = twelve_months(here.on)
    recent = found.meetings.filter(pl.col("date") >= first)
    attendance = found.attendance.filter(pl.col("date") >= first)
    if attendance.is_empty():
        last: date = found.attendance["date"].max()  # type: ignore[assignment]  # there are some
        return NotMeasured(
            reason="Who came to a forum is not on record for the twelve months to "
            f"{in_words(here.on)}; the last meeting of which it is was on {in_words(last)}.",
            would_tell="Another date, or later minutes.",
            missing=state_schools(here).height,
        )
    return Forums(meetings=recent, attendance=attendance)


def unlisted(found: Forums) -> str:
    """Say of how many meetings it is not known who was there; empty where it is of all."""
    number = found.unattended
    if not number:
        return ""
    return f"Who was there is not on record for {plural(number, 'meeting')}, left out here."
