"""Where the Department for Education publishes its register of schools, and what the files are
called.

This is the one place to change when an address or a name changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

BASE_URL = "https://ea-edubase-api-prod.azurewebsites.net/edubase/downloads/public/"
"""Every file of https://get-information-schools.service.gov.uk/Downloads lies here, by the day."""

DAYS_BACK = 1
"""The files of a day appear early in its morning; until then those of the day before are there."""


@dataclass(frozen=True)
class Published:
    """A file that is published every day.

    Parameters
    ----------
    source : str
        Which source it is: the name of its package here, and of its option on the command line.
    stem : str
        Its name without the day.
    """

    source: str
    stem: str

    def name(self, day: date) -> str:
        """Its name on a day, such as ``edubasealldata20220425.csv``."""
        return f"{self.stem}{day:%Y%m%d}.csv"


FILES: tuple[Published, ...] = (
    Published("gias", "edubasealldata"),
    Published("groups", "allgroupsdata"),
    Published("links", "alllinksdata"),
    Published("successors", "links_edubasealldata"),
)
