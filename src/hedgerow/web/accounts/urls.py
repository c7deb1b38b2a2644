"""Addresses of accounts: of allauth's pages those for signing in, the second factor and passwords.

Its pages for opening an account and for further addresses are left out: accounts come with an
invitation to one address.
"""

from __future__ import annotations

from allauth.account import views as signing
from django.urls import include, path, re_path

from hedgerow.web.accounts import views

urlpatterns = [
    path("", views.account, name="account"),
    path("sign-in/", signing.login, name="account_login"),
    path("sign-out/", signing.logout, name="account_logout"),
    path("here/", views.here, name="here"),
    path("elsewhere/end/", views.end_others, name="end_other_sessions"),
    path("closed/", signing.account_inactive, name="account_inactive"),
    path("again/", signing.reauthenticate, name="account_reauthenticate"),
    path("invitation-needed/", signing.signup, name="account_signup"),
    path("password/", signing.password_change, name="account_change_password"),
    path("password/set/", signing.password_set, name="account_set_password"),
    path("password/forgotten/", signing.password_reset, name="account_reset_password"),
    path(
        "password/forgotten/sent/", signing.password_reset_done, name="account_reset_password_done"
    ),
    re_path(
        r"^password/forgotten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        signing.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/changed/",
        signing.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("second-factor/", include("allauth.mfa.urls")),
]
