"""Addresses of long work."""

from __future__ import annotations

from django.urls import path

from hedgerow.web.jobs import views

urlpatterns = [
    path("<uuid:job_id>/", views.job, name="job"),
    path("<uuid:job_id>/stop/", views.stop, name="stop_job"),
]
