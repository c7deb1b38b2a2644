"""Addresses of pictures, on open data alone and inside a partnership."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from hedgerow.web.pictures import layouts, maps, networks, timelines

urlpatterns: list[URLPattern | URLResolver] = [
    path("places/<str:place>/map/", maps.place_map, name="map"),
    path("places/<str:place>/map.geojson", maps.map_data, name="map_data"),
    path("places/<str:place>/network/", networks.place_network, name="network"),
    path("places/<str:place>/network.json", networks.network_data, name="network_data"),
    path("places/<str:place>/network/layout/", layouts.layout, name="layout"),
    path("places/<str:place>/timeline/", timelines.timeline, name="timeline"),
]
