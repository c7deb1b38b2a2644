"""The site's templates: those of the reports, and the site's own, in one environment."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader
from markupsafe import Markup

from hedgerow.reporting.page import environment as of_reports
from hedgerow.reporting.page import mark
from hedgerow.reporting.pictures.picture import NARROW, WIDE
from hedgerow.reporting.wording import age_text, is_old
from hedgerow.web.access.permissions import Action, may


def environment(**options: Any) -> Environment:
    """Give the environment that Django's Jinja2 engine fills pages with."""
    loader: BaseLoader = FileSystemLoader(settings.HERE / "templates")
    made = of_reports(date.today())
    made.loader = ChoiceLoader([loader, made.loader] if made.loader else [loader])
    made.globals.update(
        static=static,
        url=_address,
        csrf=_csrf,
        may=may,
        Action=Action,
        is_demo=settings.SITE.is_demo,
        mark=mark,
        wide=WIDE,
        narrow=NARROW,
        today=date.today,
    )
    # reckoned on the day of the request, not on the day on which the site was started
    made.filters["age"] = lambda day: age_text(day, date.today())
    made.filters["old"] = lambda day: is_old(day, date.today())
    return made


def _address(name: str, *args: Any, **kwargs: Any) -> str:
    """Give the address of a page by its name, leaving out what is None."""
    return reverse(name, args=args, kwargs={key: one for key, one in kwargs.items() if one})


def _csrf(request: Any) -> Markup:
    """Give the hidden field that every form which changes something carries."""
    return Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">').format(
        get_token(request)
    )
