"""Addresses of partnerships."""

from __future__ import annotations

from django.urls import path

from hedgerow.web.partnerships import views

urlpatterns = [
    path("", views.partnerships, name="partnerships"),
    path("start/", views.start, name="start_partnership"),
    path("invitations/<str:secret>/", views.join, name="join"),
    path("<slug:partnership>/", views.partnership, name="partnership"),
    path("<slug:partnership>/settings/", views.settings, name="partnership_settings"),
    path("<slug:partnership>/members/", views.members, name="members"),
    path(
        "<slug:partnership>/members/<int:membership_id>/end/",
        views.end_membership,
        name="end_membership",
    ),
    path(
        "<slug:partnership>/invitations/<int:invitation_id>/withdraw/",
        views.withdraw,
        name="withdraw",
    ),
    path("<slug:partnership>/sharing/", views.sharing, name="sharing"),
    path("<slug:partnership>/audit/", views.audit, name="audit"),
]
