"""The figures of all authorities are worked out in the background, once."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.management import call_command

from hedgerow.reporting.kept_figures import kept_figures
from hedgerow.web.jobs.models import Job
from hedgerow.web.places.measuring_all import ask_for_missing
from hedgerow.web.registers import register_on

pytestmark = pytest.mark.django_db(transaction=True)


def test_missing_figures_are_asked_for_once_and_kept(home):
    ask_for_missing()
    ask_for_missing()
    assert Job.objects.count() == 3
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    assert set(Job.objects.values_list("state", flat=True)) == {Job.State.DONE}
    day = register_on().as_of
    found = kept_figures(settings.SITE.registers, day, "primary")
    assert found.height > 100
    ask_for_missing()
    assert Job.objects.count() == 3
