"""The figures of all authorities are worked out in the background, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.core.management import call_command

from hedgerow.reporting.kept_figures import kept_figures
from hedgerow.web.jobs.models import Job
from hedgerow.web.places.measuring_all import ask_for_missing

pytestmark = pytest.mark.django_db(transaction=True)

DAY = date(2023, 2, 14)
"""A day that no other test asks about."""


def test_missing_figures_are_asked_for_once_and_kept(home, settings):
    settings.SITE = replace(settings.SITE, usual_day=DAY)
    ask_for_missing()
    ask_for_missing()
    assert Job.objects.count() == 3
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    assert set(Job.objects.values_list("state", flat=True)) == {Job.State.DONE}
    assert kept_figures(settings.SITE.registers, DAY, "primary").height > 100
    ask_for_missing()
    assert Job.objects.count() == 3
