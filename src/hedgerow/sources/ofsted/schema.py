"""Layouts of Ofsted's management information on state-funded schools.

Established from the headings that public programs name when they read the files: the files of 2016
to 2018 (one date of inspection), those of 2018 to October 2025 (start date of the latest and of the
previous full inspection; from September 2024 without overall effectiveness for new inspections),
and those since November 2025 (report cards, with the last graded inspection of the framework
before, "OEIF", beside them). Lists of every inspection of a year have the same headings without
those of "latest".
"""

from __future__ import annotations

from hedgerow.sources.tabular import Release

SOURCE = "Ofsted inspection outcomes of state-funded schools"
OPTION = "--ofsted"
PUBLISHER = "Ofsted"

_URN = "URN"
_OVERALL = "Overall effectiveness"
_START = "Inspection start date"
_PREVIOUS = {
    "previous_date": "Previous inspection start date",
    "previous_grade": "Previous full inspection overall effectiveness",
    "previous_urn": "URN at time of previous full inspection",
}

MANAGEMENT_2016 = Release(
    id="ofsted-2016",
    title="Ofsted management information of 2016 to 2018",
    columns={"urn": _URN, "grade": _OVERALL, "date": "Inspection date"},
)
MANAGEMENT_2019 = Release(
    id="ofsted-2019",
    title="Ofsted management information of 2018 to October 2025, latest inspections",
    columns={"urn": _URN, "grade": _OVERALL, "date": _START},
    optional={"grade_urn": "URN at time of latest full inspection", **_PREVIOUS},
    absent=("Latest OEIF overall effectiveness",),
)
MANAGEMENT_2025 = Release(
    id="ofsted-2025",
    title="Ofsted management information since November 2025, with report cards",
    columns={
        "urn": _URN,
        "grade": "Latest OEIF overall effectiveness",
        "date": "Inspection start date of latest OEIF graded inspection",
        "card_date": _START,
    },
    optional={
        "grade_urn": "URN at time of latest OEIF graded inspection",
        "card_urn": "URN at time of latest full inspection",
    },
)
RELEASES = (MANAGEMENT_2016, MANAGEMENT_2019, MANAGEMENT_2025)

GRADES: dict[str, int] = {
    "1": 1,
    "2": 2,
    "3": 3,
    "4": 4,
    "OUTSTANDING": 1,
    "GOOD": 2,
    "REQUIRES IMPROVEMENT": 3,
    "SATISFACTORY": 3,
    "INADEQUATE": 4,
}
"""What stands for a grade, in capitals; before September 2012 the third was called satisfactory."""

NO_GRADE = ("9", "0", "NOT JUDGED", "NOT APPLICABLE", "N/A")
"""What stands where an inspection gave no overall grade."""

NOTHING = ("NULL", "NOT INSPECTED", "-")
"""What stands where there was no such inspection."""
