"""Addresses of evidence coming in."""

from __future__ import annotations

from django.urls import path

from hedgerow.web.evidence import (
    attendance_views,
    empty_fieldbook,
    network_views,
    record_views,
    views,
)

urlpatterns = [
    path("", views.contributions, name="contributions"),
    path("fieldbook.xlsx", empty_fieldbook.empty, name="empty_fieldbook"),
    path("records/", record_views.kinds, name="records"),
    path("records/<int:record_id>/change/", record_views.change, name="change_record"),
    path("records/<int:record_id>/end/", record_views.end, name="end_record"),
    path("records/<int:record_id>/history/", record_views.history, name="record_history"),
    path("records/<slug:sheet>/", record_views.listed, name="records_of_kind"),
    path("records/<slug:sheet>/add/", record_views.add, name="add_record"),
    path("<int:contribution_id>/", views.contribution, name="contribution"),
    path("<int:contribution_id>/marked.xlsx", views.marked, name="marked"),
    path("<int:contribution_id>/mend/", views.mend_cells, name="mend"),
    path("<int:contribution_id>/check/", views.check_again, name="check_again"),
    path("<int:contribution_id>/columns/", attendance_views.columns, name="attendance_columns"),
    path("<int:contribution_id>/names/", attendance_views.texts, name="attendance_texts"),
    path("<int:contribution_id>/kinds/", network_views.kinds, name="network_kinds"),
    path("<int:contribution_id>/import/", views.take, name="take_contribution"),
    path("<int:contribution_id>/undo/", views.undo, name="undo_contribution"),
    path("<int:contribution_id>/discard/", views.discard, name="discard_contribution"),
]
