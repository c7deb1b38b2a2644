"""Addresses of what leaves a partnership."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
