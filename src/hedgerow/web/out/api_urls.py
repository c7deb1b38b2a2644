"""Addresses of the read API."""

from __future__ import annotations

from django.urls import path

from hedgerow.web.out import api

_OF_PLACES = [
    ("places/<str:place>", api.place, "place"),
    ("places/<str:place>/findings/<str:indicator>", api.finding, "finding"),
    ("compare", api.compare, "compare"),
]

urlpatterns = [
    path("openapi.json", api.openapi, name="api_openapi"),
    path("search", api.search, name="api_search"),
    path("indicators", api.indicators, name="api_indicators"),
    *(path(where, view, name=f"api_{name}") for where, view, name in _OF_PLACES),
    *(
        path(f"partnerships/<slug:partnership>/{where}", view, name=f"api_partnership_{name}")
        for where, view, name in _OF_PLACES
    ),
]
