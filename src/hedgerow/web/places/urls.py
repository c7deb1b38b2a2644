"""Addresses of places: the same pages on open data alone and inside a partnership."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, register_converter

from hedgerow.reporting.wording import FEATURES
from hedgerow.web.places import comparing, downloads, figures, finding, keeping_own, pages, schools


class SectionConverter:
    """A feature or theme by its name."""

    regex = "|".join(FEATURES)

    def to_python(self, value: str) -> str:
        """Give the name."""
        return value

    def to_url(self, value: str) -> str:
        """Give the name."""
        return value


register_converter(SectionConverter, "section")

_of_places: list[URLPattern | URLResolver] = [
    path("search/", finding.search, name="search"),
    path("compare/", comparing.compare, name="compare"),
    path("schools/<int:urn>/", schools.school, name="school"),
    path("places/<str:place>/", pages.place, name="place"),
    path("places/<str:place>/schools/", schools.schools, name="schools"),
    path("places/<str:place>/keep/", keeping_own.keep, name="keep"),
    path("places/<str:place>/figures/<str:figure>/", figures.figure, name="figure"),
    path("places/<str:place>/download.<str:form>", downloads.download, name="download"),
    path("places/<str:place>/<section:section>/", pages.section, name="section"),
    path("own/", keeping_own.own, name="own"),
    path("own/<int:number>/forget/", keeping_own.forget, name="forget"),
    path("", include("hedgerow.web.pictures.urls")),
]

urlpatterns: list[URLPattern | URLResolver] = [path("", finding.home, name="home"), *_of_places]

of_a_partnership = _of_places
