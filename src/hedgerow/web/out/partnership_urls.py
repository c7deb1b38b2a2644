"""Addresses of what leaves a partnership."""

from __future__ import annotations

from django.urls import path

from hedgerow.web.out import views

urlpatterns = [
    path("", views.out, name="out"),
    path("package.zip", views.package, name="package"),
    path("tokens/", views.draw_token, name="draw_token"),
    path("tokens/<int:token_id>/end/", views.end_token, name="end_token"),
    path("watch/", views.watch, name="watch"),
]
