"""What people write over the columns of an attendance sheet, and which column each may mean."""

from __future__ import annotations

import re

from hedgerow.fieldbook.attendance.written_days import find_days
from hedgerow.fieldbook.folding import fold

FIELDS: dict[str, str] = {
    "school": "name of the school",
    "urn": "URN of the school",
    "postcode": "postcode of the school",
    "town": "town, district or authority of the school",
    "course": "title of the course",
    "provider": "who provides it",
    "date": "day or days",
    "start": "first day",
    "end": "last day",
    "role": "role of the delegate",
    "delegate": "name of the delegate",
    "first_name": "first name of the delegate",
    "surname": "surname of the delegate",
    "staff": "number of delegates",
    "attended": "whether the delegate came",
    "sessions_attended": "number of sessions attended",
}
"""What a column may be, in the order in which people are asked."""
NAMES = ("delegate", "first_name", "surname")
"""Columns that hold persons' names: read to tell delegates apart, and never kept."""

_PEOPLE = r"(?:delegates?|participants?|attendees?|staff|teachers?|people|colleagues?|places)"
_COURSE = (
    r"(?:courses?|programmes?|programs?|events?|trainings?|activit(?:y|ies)|modules?|workshops?"
    r"|cpd|pd|work ?groups?|opportunity)"
)
_SCHOOL = r"(?:schools?|settings?|academ(?:y|ies)|establishments?|nurser(?:y|ies)|colleges?)"
_SURE: dict[str, str] = {
    "school": rf"(?:names? of )?(?:the |your |home |delegate |participant |{_PEOPLE} )?{_SCHOOL}"
    rf"(?: (?:or |and )?(?:{_SCHOOL}|organisation))*(?: names?)?(?: attending| attended)?",
    "urn": rf"(?:(?:dfe|{_SCHOOL}|gias|establishment) )?urn(?: (?:number|no|code))?"
    r"|unique reference number",
    "postcode": rf"(?:{_SCHOOL} )?post ?code",
    "town": rf"(?:{_SCHOOL} )?(?:town|village|town or city|district|local authority|la|lea"
    r"|authority)(?: name)?",
    "course": rf"(?:names? of |title of )?(?:the )?(?:training |cpd )?{_COURSE}"
    r"(?: (?:titles?|names?))?",
    "provider": r"(?:lead |training |course )?provider(?: name)?|provided by|delivered by|run by"
    r"|deliver(?:y|ing) (?:partner|organisation)|hub(?: name)?",
    "date": rf"(?:{_COURSE} |session )?(?:dates?|days?)"
    rf"(?: (?:of|for) (?:the )?(?:{_COURSE}|session)s?)?|when|term|academic year",
    "start": rf"(?:{_COURSE} )?(?:start|starts|start date|date from|from"
    r"|first (?:date|day|session)|started|starting)",
    "end": rf"(?:{_COURSE} )?(?:end|ends|end date|date to|to|until|last (?:date|day|session)"
    r"|finish|finish date|finished|ended)",
    "role": rf"(?:{_PEOPLE} )?(?:(?:job |current )?(?:roles?|positions?|title)|job|post"
    r"|job|post|responsibility|roles? (?:in|at) (?:the )?school|job title role"
    r"|role responsibility|phase role)",
    "delegate": rf"(?:names? of |full )?(?:the )?(?:{_PEOPLE}(?: full)?(?: names?)?|names?)"
    r"|full name|who|attended by|register",
    "first_name": rf"(?:{_PEOPLE} )?(?:first names?|forenames?|given names?|christian name)",
    "surname": rf"(?:{_PEOPLE} )?(?:surnames?|last names?|family names?)",
    "staff": rf"(?:(?:total |the )?(?:number|no|nos|num|count|total|how many)(?: of)? {_PEOPLE}"
    rf"(?: attending| attended| booked)?|{_PEOPLE} (?:numbers?|count|total|attending)|headcount"
    r"|numbers?|total|how many|count)",
    "attended": r"(?:did (?:they|s he|he she) )?(?:attended|attend|attendance|present|status"
    r"|(?:booking|attendance) status|came|outcome)",
    "sessions_attended": r"(?:(?:number|no|nos|total|count)(?: of)? )?(?:sessions?|days"
    r"|attendances?)(?: attended| present| completed| total)|attendance total|total attendance"
    r"|(?:number|no) of (?:sessions|days)",
}
_SURE_OF = {field: re.compile(pattern) for field, pattern in _SURE.items()}
_MAYBE: dict[str, str] = {
    "school": rf"\b(?:{_SCHOOL}|organisation|workplace|employer)\b",
    "urn": r"\burn\b",
    "postcode": r"\bpost ?code\b",
    "town": r"\b(?:town|authority)\b",
    "course": rf"\b{_COURSE}\b",
    "provider": r"\b(?:provider|hub)\b",
    "date": r"\bdates?\b",
    "start": r"\bstart\b",
    "end": r"\b(?:end|finish)\b",
    "role": r"\b(?:role|job|position)\b",
    "delegate": rf"\b{_PEOPLE}\b.*\bname|\bname\b.*\b{_PEOPLE}\b"
    r"|\b(?:delegate|participant|attendee)\b",
    "first_name": r"\b(?:first name|forename)\b",
    "surname": r"\b(?:surname|last name)\b",
    "staff": rf"\b(?:number|no|how many|total)\b.*\b{_PEOPLE}\b",
    "attended": r"\b(?:attend\w*|present)\b",
    "sessions_attended": r"\bsessions\b.*\battended\b|\battended\b.*\bsessions\b",
}
_MAYBE_OF = {field: re.compile(pattern) for field, pattern in _MAYBE.items()}
_OTHER = re.compile(
    r".*\b(?:e ?mail|tele?phone|phone|mobile|contact|dietary|diet|allerg\w*|access needs|notes?"
    r"|comments?|invoice|po number|paid|payment|fee|cost|price|venue|location|address|room|time"
    r"|times|trainer|facilitator|leader|tutor|evaluation|feedback|signature|signed|consent|trn"
    r"|trust|mat|phase|key stage|year group|type|region|id|ref|reference|booking|laestab|dfe"
    r"|gender|title|cohort|group|headteacher)\b.*"
)
"""Headings of what no one asks for here: never taken for anything on the strength of one word."""
_SESSION = re.compile(
    r"(?:(?:attended |attendance )?(?:session|sess|day|week|wk|part|module|meeting|twilight"
    r"|workshop|trg|event|webinar|face to face)s? ?(?:no )?(?:\d{1,2}|one|two|three|four|five|six)"
    r"|s ?\d{1,2}|(?:launch|introductory|intro|first|second|third|fourth|final|last) "
    r"(?:session|day|event|meeting))\b.*"
)
_BESIDE_A_DAY = re.compile(
    rf"(?:sessions?|attend(?:ance|ed)|dates?|days?|{_SESSION.pattern})?(?: dates?)?"
)
_LIST_NUMBER = re.compile(r"(?:no|nr|row|line|#|s no|serial no)")


def likeness(field: str, heading: str) -> float:
    """Say how well a heading fits a field: 1 as mostly written, 0.6 perhaps, 0 not at all."""
    plain = _plain(heading)
    if not plain:
        return 0.0
    if _SURE_OF[field].fullmatch(plain):
        return 1.0
    if _OTHER.fullmatch(plain) or len(plain.split()) > 12:
        return 0.0
    return 0.6 if _MAYBE_OF[field].search(plain) else 0.0


def is_heading(cell: str) -> bool:
    """Whether a cell reads like a heading, and not like what stands beneath one."""
    plain = _plain(cell)
    if not plain or len(plain) > 80 or not re.search(r"[^\W\d_]", plain):
        return False
    if any(pattern.fullmatch(plain) for pattern in _SURE_OF.values()):
        return True
    if _LIST_NUMBER.fullmatch(plain) or _SESSION.fullmatch(plain):
        return True
    words = set(plain.split())
    return bool(_OTHER.fullmatch(plain)) and len(words) <= 3 and not re.search(r"\d|@", cell)


def is_session(heading: str) -> bool:
    """Whether a heading may stand over one session's marks: "Session 3", or a day."""
    if _SESSION.fullmatch(_plain(heading)):
        return True
    read, rest = find_days(heading)
    return bool(read.days) and not read.is_period and bool(_BESIDE_A_DAY.fullmatch(_plain(rest)))


def field_of_label(label: str) -> str | None:
    """Give what a label such as "Course:" announces, for lines above a table."""
    plain = _plain(label)
    for field in ("course", "date", "start", "end", "provider", "school", "urn"):
        if _SURE_OF[field].fullmatch(plain):
            return field
    return None


def _plain(heading: str) -> str:
    """Give a heading as its words, without what stands in brackets, stars and fillers."""
    bare = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", heading)
    bare = re.sub(r"#(?= ?\w)", "number of ", bare)
    folded = fold(bare) if re.search(r"\w", bare) else fold(heading)
    return re.sub(r"^(?:please (?:enter|give|select|state) )?(?:your |the )?", "", folded)
