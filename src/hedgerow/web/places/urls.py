"""Addresses of places: the same pages on open data alone and inside a partnership."""

from __future__ import annotations

from django.urls import path

from hedgerow.web.places import finding

urlpatterns = [
    path("", finding.home, name="home"),
    path("search/", finding.search, name="search"),
]

of_a_partnership: list = []
