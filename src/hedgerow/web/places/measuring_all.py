"""Measuring every authority in the background, so that pages can say what is unusual."""

from __future__ import annotations

from datetime import date
from typing import get_args

from django.conf import settings

from hedgerow.landscape.phases import Phase
from hedgerow.reporting.kept_figures import keep_figures, kept_figures, measured_figures
from hedgerow.web.jobs.models import Job
from hedgerow.web.jobs.work import Progress, ask, work
from hedgerow.web.registers import register_on

MEASURE_ALL = "measure all authorities"


def ask_for_missing() -> None:
    """Ask for the figures of the day that pages usually show, for each phase that has none yet."""
    day = settings.SITE.usual_day or register_on().as_of
    if day is None:
        return
    for phase in get_args(Phase):
        asked = Job.objects.filter(
            work=MEASURE_ALL,
            arguments={"on": day.isoformat(), "phase": phase},
            state__in=[Job.State.WAITING, Job.State.RUNNING],
        )
        if kept_figures(settings.SITE.registers, day, phase) is None and not asked.exists():
            what = f"Measuring all authorities, {phase}, on {day}"
            ask(MEASURE_ALL, what, on=day.isoformat(), phase=phase)


@work(MEASURE_ALL)
def measure_all(progress: Progress, *, on: str, phase: Phase) -> str:
    """Measure every authority on a day, and keep the figures beside the register."""
    day, registers = date.fromisoformat(on), settings.SITE.registers
    found = measured_figures(registers, day, phase, on_progress=progress.step, processes=1)
    keep_figures(registers, day, phase, found)
    return ""
