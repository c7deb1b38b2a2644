"""Addresses of partnerships."""

from __future__ import annotations

from django.urls import path

from hedgerow.web.partnerships import views

urlpatterns = [
    path("", views.partnerships, name="partnerships"),
]
