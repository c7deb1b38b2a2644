"""Addresses of places: the same pages on open data alone and inside a partnership."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from hedgerow.web.places import (
    comparing,
    converters,
    downloads,
    figures,
    finding,
    keeping_own,
    pages,
    schools,
)

converters.register()

_of_places: list[URLPattern | URLResolver] = [
    path("search/", finding.search, name="search"),
    path("compare/", comparing.compare, name="compare"),
    path("schools/<int:urn>/", schools.school, name="school"),
    path("places/<place:place>/", pages.place, name="place"),
    path("places/<place:place>/schools/", schools.schools, name="schools"),
    path("places/<place:place>/keep/", keeping_own.keep, name="keep"),
    path("places/<place:place>/figures/<str:figure>/", figures.figure, name="figure"),
    path("places/<place:place>/download.<str:form>", downloads.download, name="download"),
    path("places/<place:place>/<section:section>/", pages.section, name="section"),
    path("own/", keeping_own.own, name="own"),
    path("own/<int:number>/forget/", keeping_own.forget, name="forget"),
    path("", include("hedgerow.web.pictures.urls")),
]

urlpatterns: list[URLPattern | URLResolver] = [path("", finding.home, name="home"), *_of_places]

of_a_partnership = _of_places
