"""An empty fieldbook to fill in, with the schools of the partnership's place to choose from."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from django.http import HttpRequest, HttpResponse

from hedgerow.fieldbook.workbook import write_template
from hedgerow.landscape.errors import UnknownPlaceError
from hedgerow.landscape.places import find_place
from hedgerow.web.access.permissions import Action, needs
from hedgerow.web.partnerships.models import Partnership
from hedgerow.web.places.address import spaced
from hedgerow.web.places.sheets import XLSX, as_file, file_name
from hedgerow.web.registers import register_on


@needs(Action.ADD_EVIDENCE)
def empty(request: HttpRequest, partnership: str) -> HttpResponse:
    """Give an empty fieldbook."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "fieldbook.xlsx"
        write_template(path, schools=_schools(request.partnership))
        content = path.read_bytes()
    return as_file(content, XLSX, f"{file_name(request.partnership.name)}-fieldbook.xlsx")


def _schools(partnership: Partnership) -> pl.DataFrame | None:
    """Give the schools of a partnership's place; None where its address no longer means one."""
    register = register_on()
    try:
        lens = find_place(register, spaced(partnership.place))
    except UnknownPlaceError:
        return None
    here = register.through(lens, phase="all")
    schools: pl.DataFrame = here.schools.sort("name").select("id", "name")
    return schools
