"""A place through time: what happened, the day that is looked at, and figures from year to year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hedgerow.features.bridging.boundary_keeping import joining_effect
from hedgerow.features.bridging.leavers import lost_with_a_leaver
from hedgerow.landscape.earlier_schools import with_earlier_schools
from hedgerow.landscape.errors import UsageError
from hedgerow.localities.before_and_after import JOINING, LEAVING
from hedgerow.localities.days_of_history import regular_days
from hedgerow.localities.through_time import History, history
from hedgerow.reporting.history_report import (
    Unstudied,
    change_text,
    history_report,
    series_table,
    studies,
    unstudied,
)
from hedgerow.reporting.pictures.picture import Picture
from hedgerow.reporting.pictures.timeline import (
    Course,
    course_of,
    day_said,
    governed_table,
    happened_table,
    timeline_picture,
)
from hedgerow.reporting.table import Table
from hedgerow.reporting.wording import day_text
from hedgerow.web.access.permissions import Action, needs
from hedgerow.web.places import reports
from hedgerow.web.places.address import day_in
from hedgerow.web.places.changing import by_name_alone
from hedgerow.web.places.keeping import Kept, StillWorking
from hedgerow.web.places.looking import Look, look
from hedgerow.web.places.pages import cited, facts_of, frame, title_of
from hedgerow.web.places.sheets import chosen_table, table_file, wanted_form
from hedgerow.web.places.waiting import patient

MOST_COURSES = 24
YEAR = timedelta(days=365)
LEAST_APART = timedelta(days=92)
STUDIED = {JOINING: joining_effect.id, LEAVING: lost_with_a_leaver.id}
"""What is drawn before and after, and the figure that measures it."""
_COURSES: Kept[Course] = Kept(MOST_COURSES)
_FIGURES: Kept[History] = Kept(MOST_COURSES)
Studied = tuple[tuple[Picture, ...], tuple[Unstudied, ...]]
_STUDIED: Kept[Studied] = Kept(MOST_COURSES)


@needs(Action.SEE_OPEN_DATA)
@patient
def timeline(request: HttpRequest, place: str, partnership: str | None = None) -> HttpResponse:
    """Show a place through time, and how it stood on a day."""
    seen = look(request, place)
    form = wanted_form(request)
    days = _days(seen)
    given: dict[str, Any] = {**frame(seen, "timeline"), "notes": seen.notes, "picture": None}
    if days is None:
        if form:
            raise UsageError(
                "Nothing is known here of the time before, so there is nothing to take."
            )
        return render(request, "pictures/timeline.html", given)
    course = _COURSES.get((*seen.key, days), lambda: _course(seen, days), patience=reports.PATIENCE)
    at = _at(request, seen, days)
    if form:
        tables = _tables(seen, course, days, request.GET.get("table", ""), at)
        wanted = request.GET.get("table", "") or "events"
        return table_file(
            chosen_table(tables, wanted), form, title=title_of(seen), notes=facts_of(seen)
        )
    year = course.events.filter(pl.col("day").is_between(at - YEAR, at, closed="right"))
    here = with_earlier_schools(seen.named).through(seen.lens, on=at, phase=seen.address.phase)
    picture = timeline_picture(course, at)
    followed = _followed(seen, days)
    given |= {
        "picture": picture,
        "sources": cited(seen, picture, *followed.get("figures", ())),
        "happened": happened_table(course),
        "governed": governed_table(course),
        "days": [(day, day == at) for day in days],
        "at": at,
        "basis": by_name_alone(seen),
        "said": day_said(here),
        "year": [(day_text(day), what) for day, what in year.select("day", "what").rows()][::-1],
        "first": days[0],
        "last": days[-1],
        "on_day": seen.address.url("place", on=at),
        "href": seen.address.url("timeline", query={"at": at.isoformat()}),
        **_before_and_after(seen, at),
        **followed,
    }
    return render(request, "pictures/timeline.html", given)


def _days(seen: Look) -> tuple[date, ...] | None:
    """Give the days on which the place is looked at: one a year; None where nothing is known of
    the time before."""
    last = seen.named.as_of or seen.on
    first = seen.address.since or seen.named.earliest or last
    if first >= last:
        return None
    days = regular_days(first, last, "year")
    # a year's day shortly before the last would say the same again, and be drawn over
    close = len(days) > 2 and days[-1] - days[-2] < LEAST_APART
    return (*days[:-2], days[-1]) if close else days


def _at(request: HttpRequest, seen: Look, days: tuple[date, ...]) -> date:
    asked = day_in(request.GET, "at")
    if asked is None:
        return min(max(seen.on, days[0]), days[-1])
    if not days[0] <= asked <= days[-1]:
        raise UsageError(
            f"{day_text(asked)} lies outside what is known here.",
            advice=f"Choose a day from {day_text(days[0])} to {day_text(days[-1])}.",
        )
    return asked


def _course(seen: Look, days: tuple[date, ...]) -> Course:
    return course_of(with_earlier_schools(seen.named), seen.lens, days, seen.address.phase)


def _figures(seen: Look, days: tuple[date, ...]) -> History:
    # by name alone: what could explain a change lists organisations and people
    return _FIGURES.get(
        (*seen.key, days),
        lambda: history(seen.named, seen.lens, days, phase=seen.address.phase),
        patience=reports.PATIENCE,
    )


def _followed(seen: Look, days: tuple[date, ...]) -> dict[str, Any]:
    """Give the pictures of the figures that are followed, or say that they are being worked out."""
    try:
        found = _figures(seen, days)
    except StillWorking:
        return {"is_working": True}
    report = history_report(found, today=date.today())
    return {
        "figures": report.courses,
        "is_working": False,
        "unknown": report.unknown,
        "changes": tuple(change_text(one) for one in found.changes),
    }


def _studied(seen: Look, at: date) -> Studied:
    """What followed on events is told as on the day that is looked at, by name alone."""
    here = with_earlier_schools(seen.named).through(seen.lens, on=at, phase=seen.address.phase)
    return _STUDIED.get(
        (*seen.key, at),
        lambda: (studies(here), unstudied(here)),
        patience=reports.PATIENCE,
    )


def _before_and_after(seen: Look, at: date) -> dict[str, Any]:
    try:
        drawn, why_none = _studied(seen, at)
    except StillWorking:
        return {"studies": None, "unstudied": ()}
    return {"studies": [(one, STUDIED[one.id]) for one in drawn], "unstudied": why_none}


def _tables(
    seen: Look, course: Course, days: tuple[date, ...], wanted: str, at: date
) -> tuple[Table, ...]:
    tables = [
        happened_table(course),
        governed_table(course),
        timeline_picture(course, days[-1]).table,
    ]
    if wanted in STUDIED:
        tables += [replace(one.table, id=one.id) for one in _studied(seen, at)[0]]
    if wanted == "series" or wanted.startswith("course-"):
        found = _figures(seen, days)
        courses = history_report(found, today=date.today()).courses
        tables += [series_table(found), *(replace(one.table, id=one.id) for one in courses)]
    return tuple(tables)
