"""Addresses of pictures, on open data alone and inside a partnership."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from hedgerow.web.pictures import layouts, maps, networks, timelines

urlpatterns: list[URLPattern | URLResolver] = [
    path("places/<place:place>/map/", maps.place_map, name="map"),
    path("places/<place:place>/map.geojson", maps.map_data, name="map_data"),
    path("places/<place:place>/network/", networks.place_network, name="network"),
    path("places/<place:place>/network.json", networks.network_data, name="network_data"),
    path("places/<place:place>/network/layout/", layouts.layout, name="layout"),
    path("places/<place:place>/timeline/", timelines.timeline, name="timeline"),
]
