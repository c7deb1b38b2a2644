"""Addresses of accounts: allauth's pages for signing in, the second factor and passwords."""

from __future__ import annotations

from django.urls import include, path

from hedgerow.web.accounts import views

urlpatterns = [
    path("", views.account, name="account"),
    path("", include("allauth.account.urls")),
    path("second-factor/", include("allauth.mfa.urls")),
]
