"""The style that pages share with the reports: colours, type and what pictures are drawn with."""

from __future__ import annotations

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control

from hedgerow.reporting.page import style
from hedgerow.web.access.permissions import Action, needs


@cache
def _sheet() -> str:
    return style()


@needs(Action.SEE_OPEN_DATA)
@cache_control(public=True, max_age=3600)
def style_sheet(request: HttpRequest) -> HttpResponse:
    """Give the style sheet of the reports, which `site.css` adds to."""
    return HttpResponse(_sheet(), content_type="text/css; charset=utf-8")
