"""Every address of the site."""

from __future__ import annotations

from django.urls import include, path

from hedgerow.web import faults, look
from hedgerow.web.out.views import unwatch as stop_telling
from hedgerow.web.places import urls as places

handler400 = faults.bad_request
handler403 = faults.not_allowed
handler404 = faults.not_found
handler429 = faults.too_often  # asked for by allauth
handler500 = faults.our_fault

urlpatterns = [
    path("look.css", look.style_sheet, name="look"),
    path("account/", include("hedgerow.web.accounts.urls")),
    path("partnerships/", include("hedgerow.web.partnerships.urls")),
    path("partnerships/<slug:partnership>/evidence/", include("hedgerow.web.evidence.urls")),
    path("partnerships/<slug:partnership>/jobs/", include("hedgerow.web.jobs.urls")),
    path("partnerships/<slug:partnership>/out/", include("hedgerow.web.out.partnership_urls")),
    path("partnerships/<slug:partnership>/", include(places.of_a_partnership)),
    path("api/", include("hedgerow.web.out.api_urls")),
    path("stop/<str:signed>/", stop_telling, name="unwatch"),
    path("", include(places.urlpatterns)),
]
