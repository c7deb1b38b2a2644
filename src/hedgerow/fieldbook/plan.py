"""The sheets of a fieldbook, in the order in which they stand and are read."""

from __future__ import annotations

from hedgerow.fieldbook.sheets import Ask, ColumnSpec, SheetSpec, Target, drawn

_LAST = "Empty where it still holds"
_CODE = (
    "A short code of your own, when other sheets speak of it and its name is not enough; "
    "empty otherwise"
)
_WHO = "Name with place, URN or UID; or its code in the sheet Organisations"
_PERSON = "Name or code, the same wherever the person stands; Hedgerow keeps only a pseudonym"
_ORGANISATION: tuple[Target, ...] = ("organisation",)
_PERSON_ONLY: tuple[Target, ...] = ("person",)
_EITHER: tuple[Target, ...] = ("organisation", "person")

BODY_KIND = "body_kind"
"""Column of the sheet of clusters that founds an organisation no other sheet knows."""
BODY_KINDS = (
    "cluster",
    "association",
    "federation",
    "teaching_school_alliance",
    "online_community",
)

SHEETS: tuple[SheetSpec, ...] = (
    drawn(
        "Organisations",
        "organisations",
        "Organisations that no register knows: clusters, associations, local hubs, companies, "
        "charities, universities, online communities. Schools and trusts need not be listed.",
        {
            "name": Ask(heading="Name", example="Hedge Lane Partnership"),
            "kind": Ask(heading="Kind", example="cluster"),
            "id": Ask(heading="Code", says=_CODE, example="hedge-lane", is_code=True),
            "postcode": Ask(heading="Postcode"),
            "authority": Ask(
                heading="Authority",
                says="Name or three-digit number of the local authority that it lies in",
                targets=_ORGANISATION,
            ),
            "district": Ask(heading="District", says="District that it lies in", targets=("area",)),
            "region": Ask(heading="Region"),
            "opened": Ask(heading="First day", says="Empty where not known", example="2019-09-01"),
            "closed": Ask(
                heading="Last day", says="Empty where it is still there", is_last_day=True
            ),
        },
    ),
    drawn(
        "Clusters and associations",
        "ties",
        "Who belongs to which cluster, association, alliance or online community, one membership "
        "a row.",
        {
            "to_id": Ask(
                heading="Cluster or association",
                says="Its name. One that is nowhere else is taken up with the kind beside it",
                example="Hedge Lane Partnership",
                targets=_ORGANISATION,
            ),
            "from_id": Ask(
                heading="Member",
                says=f"The school or other member. {_WHO}",
                example="Bramble Lane Primary School",
                targets=_EITHER,
            ),
            "start": Ask(heading="First day", says="Empty where not known", example="2019-09-01"),
            "end": Ask(heading="Last day", says=_LAST, is_last_day=True),
            "weight": Ask(heading="Strength"),
            "carrier": Ask(
                heading="Through whom",
                says=f"The person who carries the tie, if one does. {_PERSON}",
                targets=_PERSON_ONLY,
            ),
        },
        fixed={"kind": "member_of"},
        extra=(
            ColumnSpec(
                name=BODY_KIND,
                heading="Kind",
                says="What it is, unless the sheet Organisations or a register says so",
                kind="choice",
                choices=BODY_KINDS,
                example="cluster",
            ),
        ),
    ),
    drawn(
        "Persons",
        "persons",
        "Only for those who agreed to be named, or whose code needs a line of its own. Everyone "
        "else is known by what the other sheets call them, and gets a pseudonym.",
        {
            "id": Ask(
                heading="Person", says=_PERSON, example="Wren Thistledown", targets=_PERSON_ONLY
            ),
            "is_named": Ask(
                heading="Agreed to be named",
                says="Yes only with an agreement that says for what and since when; “no” takes an "
                "earlier agreement back",
                default=False,
                example="no",
            ),
            "named_scope": Ask(
                heading="Agreed for what", says="Such as: pages that the partnership sees"
            ),
            "named_since": Ask(heading="Agreed on", says="Day of the agreement"),
        },
    ),
    drawn(
        "Roles and seats",
        "roles",
        "Who does what in which organisation, and who sits on whose board or steering group.",
        {
            "person": Ask(
                heading="Person", says=_PERSON, example="Wren Thistledown", targets=_PERSON_ONLY
            ),
            "organisation": Ask(
                heading="Organisation",
                says=_WHO,
                example="Bramble Lane Primary School",
                targets=_ORGANISATION,
            ),
            "role": Ask(heading="Role"),
            "is_seat": Ask(
                heading="Seat on a board",
                says="Yes for a seat on a board or steering group; empty means no",
                default=False,
                example="no",
            ),
            "days_a_week": Ask(heading="Days a week", example="0.5"),
            "start": Ask(heading="First day", says="Empty where not known", example="2020-09-01"),
            "end": Ask(heading="Last day", says=_LAST, is_last_day=True),
        },
    ),
    drawn(
        "Ties",
        "ties",
        "Dated links other than membership: who turns to whom, visits, advises, bids jointly, "
        "signposts.",
        {
            "from_id": Ask(
                heading="From",
                says=f"Who does it. {_WHO}",
                example="Bramble Lane Primary School",
                targets=_EITHER,
            ),
            "kind": Ask(heading="Kind of tie", example="turns to"),
            "to_id": Ask(
                heading="To",
                says=f"Whom it reaches. {_WHO}",
                example="Thorn Maths Hub",
                targets=("organisation", "person", "area"),
            ),
            "start": Ask(heading="First day", says="Empty where not known", example="2020-09-01"),
            "end": Ask(heading="Last day", says=_LAST, is_last_day=True),
            "weight": Ask(
                heading="Strength", says="A number, such as times a year; empty where not known"
            ),
            "carrier": Ask(
                heading="Through whom",
                says=f"The person who carries the tie, if one does. {_PERSON}",
                targets=_PERSON_ONLY,
            ),
        },
    ),
    drawn(
        "Activities",
        "activities",
        "What is on offer or took place, one offer a row, each run of a programme on its own.",
        {
            "name": Ask(heading="Title", example="Reasoning work group"),
            "provider": Ask(
                heading="Provider", says=_WHO, example="Thorn Maths Hub", targets=_ORGANISATION
            ),
            "id": Ask(heading="Code", says=_CODE, example="A1", is_code=True),
            "programme": Ask(heading="Programme"),
            "subject": Ask(heading="Subject"),
            "mode": Ask(heading="Form"),
            "formality": Ask(
                heading="Formality",
                says="From 0 informal to 1 formal: the upright of figure 5.1",
                example="0.5",
            ),
            "collectivity": Ask(
                heading="Collectivity",
                says="From 0 individual to 1 collective: the level of figure 5.1",
                example="0.8",
            ),
            "delivery": Ask(heading="Delivery", example="in person"),
            "sessions": Ask(heading="Sessions", example="4"),
            "has_intersession_tasks": Ask(
                heading="Work between sessions", says="Yes or no; empty where not known"
            ),
            "audience": Ask(heading="For whom"),
            "eligibility": Ask(heading="Who may take part"),
            "cost_basis": Ask(heading="Who pays", says="Free, subsidised or charged"),
            "cost": Ask(heading="Price a place"),
            "places": Ask(heading="Places"),
            "start": Ask(heading="First session", example="2021-10-05"),
            "end": Ask(
                heading="Last session",
                says="The day of the last session",
                example="2022-03-15",
                is_last_day=True,
            ),
        },
    ),
    drawn(
        "Participation",
        "participation",
        "How many staff of which school took part in which activity. Numbers, never names. A "
        "school without a row is not known, not nought.",
        {
            "school": Ask(
                heading="School",
                says=_WHO,
                example="Bramble Lane Primary School",
                targets=_ORGANISATION,
            ),
            "activity": Ask(
                heading="Activity",
                says="Its title, or its code where several bear the title",
                example="Reasoning work group",
                targets=("activity",),
            ),
            "role": Ask(heading="Role of the staff"),
            "staff": Ask(heading="Number of staff", example="2"),
            "sessions_attended": Ask(heading="Sessions attended", example="3.5"),
            "start": Ask(heading="First day", example="2021-10-05"),
            "end": Ask(heading="Last day", says=_LAST, example="2022-03-15", is_last_day=True),
        },
    ),
    drawn(
        "Adoptions",
        "adoptions",
        "Which school uses which practice, tool or routine, and which was asked and does not.",
        {
            "school": Ask(
                heading="School",
                says=_WHO,
                example="Bramble Lane Primary School",
                targets=_ORGANISATION,
            ),
            "item": Ask(heading="Practice, tool or routine"),
            "item_kind": Ask(heading="Which of the three", example="practice"),
            "is_scheme": Ask(
                heading="Curriculum scheme",
                says="Yes for a tool that is a scheme for the whole curriculum of a subject; empty "
                "where not known",
            ),
            "is_used": Ask(
                heading="In use",
                says="No where the school was asked and does not use it; empty means yes",
                default=True,
                example="yes",
            ),
            "form": Ask(heading="How taken up", example="adapted"),
            "start": Ask(heading="First day", says="Empty where not known", example="2020-09-01"),
            "end": Ask(heading="Last day", says=_LAST, is_last_day=True),
            "through": Ask(
                heading="Through whom",
                says="The organisation or person through whom it came",
                example="Thorn Maths Hub",
                targets=_EITHER,
            ),
        },
    ),
    drawn(
        "Policies",
        "policies",
        "Where an organisation stands on its boundary, on standardisation and on sharing, as "
        "somebody judged it.",
        {
            "organisation": Ask(
                heading="Organisation",
                says=_WHO,
                example="Hedgerow Learning Trust",
                targets=_ORGANISATION,
            ),
            "dimension": Ask(heading="Matter", example="sharing"),
            "level": Ask(
                heading="Level",
                says="From 0 (open, organic, shares freely) to 1 (closed, standardised, sells or "
                "keeps)",
                example="0.2",
            ),
            "date": Ask(heading="Day", says="When it held", example="2022-03-01"),
            "evidence": Ask(heading="What it rests on", is_prose=True),
            "coder": Ask(
                heading="Who judged",
                says="A code of the judge, never a name",
                example="coder A",
                is_prose=True,
            ),
        },
    ),
    drawn(
        "Meetings",
        "meetings",
        "Meetings of a forum: a steering group, a heads' association, an improvement partnership.",
        {
            "forum": Ask(heading="Forum", example="Heads' forum"),
            "date": Ask(heading="Day", example="2022-02-10"),
            "id": Ask(heading="Code", says=_CODE, example="M1", is_code=True),
            "convenor": Ask(
                heading="Convenor",
                says=f"The organisation that convenes it. {_WHO}",
                targets=_ORGANISATION,
            ),
            "purpose": Ask(heading="Purpose", is_prose=True),
        },
    ),
    drawn(
        "Attendance",
        "attendance",
        "Who was in the room, one organisation or person a row.",
        {
            "meeting": Ask(
                heading="Meeting",
                says="Its code; or the forum and the day, as “Heads' forum, 2022-02-10”",
                example="M1",
                targets=("meeting",),
            ),
            "organisation": Ask(
                heading="Organisation",
                says=_WHO,
                example="Bramble Lane Primary School",
                targets=_ORGANISATION,
            ),
            "person": Ask(
                heading="Person", says=f"By whom, if known. {_PERSON}", targets=_PERSON_ONLY
            ),
            "role": Ask(heading="Role"),
        },
    ),
    drawn(
        "Concerns",
        "concerns",
        "What a forum worries about, and how far it got with it.",
        {
            "text": Ask(
                heading="Concern",
                says="In a sentence, without anybody's name",
                example="Subject leads are not released",
                is_prose=True,
            ),
            "forum": Ask(heading="Forum", example="Heads' forum"),
            "id": Ask(heading="Code", says=_CODE, example="C1", is_code=True),
            "stage": Ask(
                heading="Stage",
                says="How far it got; empty means raised",
                default="raised",
                example="raised",
            ),
            "raised": Ask(heading="Raised on", example="2022-02-10"),
            "stage_since": Ask(heading="At this stage since"),
            "evidence": Ask(heading="What was looked at", is_prose=True),
            "cause": Ask(heading="Cause discussed", is_prose=True),
        },
    ),
    drawn(
        "Priorities",
        "priorities",
        "How each organisation or person ranked the priorities at a meeting.",
        {
            "meeting": Ask(
                heading="Meeting",
                says="Its code; or the forum and the day, as “Heads' forum, 2022-02-10”",
                example="M1",
                targets=("meeting",),
            ),
            "judge": Ask(
                heading="Who ranked",
                says="An organisation, or a person",
                example="Bramble Lane Primary School",
                targets=_EITHER,
            ),
            "group": Ask(heading="Group"),
            "priority": Ask(heading="Priority", example="release of subject leads"),
            "rank": Ask(heading="Rank", example="1"),
        },
    ),
    drawn(
        "Actions",
        "actions",
        "What was agreed to be done, by whom, by when, and what came of it.",
        {
            "text": Ask(
                heading="Action",
                says="In a sentence, without anybody's name",
                example="Share cover between two schools",
                is_prose=True,
            ),
            "concern": Ask(
                heading="About which concern",
                says="Its code, or the same sentence",
                example="C1",
                targets=("concern",),
            ),
            "owner": Ask(
                heading="Owner",
                says="The organisation or person who owns it",
                example="Hedge Lane Partnership",
                targets=_EITHER,
            ),
            "agreed": Ask(heading="Agreed on", example="2022-03-10"),
            "due": Ask(heading="Due on", example="2022-07-01"),
            "done": Ask(heading="Done on"),
            "reviewed": Ask(heading="Reviewed on"),
        },
    ),
    drawn(
        "Oversight",
        "oversight",
        "Who has which of the tasks of looking across the place; one task a row, also where nobody "
        "has it. A task without a row was not asked about.",
        {
            "task": Ask(heading="Task", example="knows which schools take part in what"),
            "place": Ask(
                heading="Place",
                says="The local authority or district that it is about",
                example="Thornshire",
                targets=("organisation", "area"),
            ),
            "is_held": Ask(
                heading="Somebody has it",
                says="No where you asked and nobody has it; empty means yes",
                default=True,
                example="yes",
            ),
            "holder": Ask(
                heading="Who has it",
                says="The organisation or person, where somebody has it",
                example="Hedge Lane Partnership",
                targets=_EITHER,
            ),
            "date": Ask(heading="Day", says="When it was asked", example="2022-05-01"),
        },
    ),
    drawn(
        "Nominations",
        "nominations",
        "Who named whom, or which organisation, as influential, and in answer to what.",
        {
            "from_id": Ask(
                heading="Who names",
                says=_PERSON,
                example="Wren Thistledown",
                targets=("person", "organisation"),
            ),
            "to_id": Ask(
                heading="Who is named",
                says="A person or an organisation",
                example="Thorn Maths Hub",
                targets=_EITHER,
            ),
            "context": Ask(
                heading="In answer to what",
                example="To whom do you turn for mathematics?",
                is_prose=True,
            ),
            "date": Ask(heading="Day", example="2022-05-01"),
        },
    ),
    drawn(
        "Accounts",
        "accounts",
        "What people said in interviews of what is local and of how far professional learning "
        "hangs together, one code of one coder a row.",
        {
            "person": Ask(
                heading="Person", says=_PERSON, example="Wren Thistledown", targets=_PERSON_ONLY
            ),
            "organisation": Ask(
                heading="Organisation",
                says=f"Where they work. {_WHO}",
                example="Bramble Lane Primary School",
                targets=_ORGANISATION,
            ),
            "group": Ask(heading="Group", example="headteacher"),
            "matter": Ask(heading="Matter", example="local"),
            "said": Ask(
                heading="Code",
                says="One of the codes of the matter",
                example="town or district",
            ),
            "passages": Ask(heading="Passages", example="2"),
            "date": Ask(heading="Day", says="Day of the interview", example="2022-05-01"),
            "coder": Ask(
                heading="Who judged",
                says="A code of the judge, never a name",
                example="coder A",
                is_prose=True,
            ),
        },
    ),
    drawn(
        "Scores",
        "scores",
        "Mean scores on one instrument of the experts, of maths leads, of the staff they told and "
        "in classrooms, one level of one school a row. Numbers, never names.",
        {
            "activity": Ask(
                heading="Activity",
                says="What was handed on: its title or code",
                example="Reasoning work group",
                targets=("activity",),
            ),
            "organisation": Ask(
                heading="Organisation",
                says=f"The school; for the experts, who provides the activity. {_WHO}",
                example="Bramble Lane Primary School",
                targets=_ORGANISATION,
            ),
            "level": Ask(heading="Level", example="maths lead"),
            "instrument": Ask(heading="Instrument", example="reasoning test"),
            "score": Ask(heading="Score", example="7.5"),
            "people": Ask(heading="People", example="1"),
            "date": Ask(heading="Day", example="2022-05-01"),
        },
    ),
    drawn(
        "Figures",
        "observations",
        "Figures on an organisation that no official file holds, and which schools were asked whom "
        "they turn to.",
        {
            "organisation": Ask(
                heading="Organisation",
                says=_WHO,
                example="Bramble Lane Primary School",
                targets=_ORGANISATION,
            ),
            "measure": Ask(heading="Figure", example="ties asked"),
            "date": Ask(
                heading="Day", says="The day, or the last day of the period", example="2022-05-01"
            ),
            "value": Ask(heading="Value", says="Shares as fractions of 1", example="1"),
            "denominator": Ask(heading="Out of how many"),
        },
    ),
)

TABLES_OF_A_FIELDBOOK: tuple[str, ...] = tuple(dict.fromkeys(sheet.table for sheet in SHEETS))
"""The landscape's tables that a fieldbook may hold."""


def sheets_of_table(table: str) -> tuple[SheetSpec, ...]:
    """Give the sheets whose rows go into a table; ties have two."""
    return tuple(sheet for sheet in SHEETS if sheet.table == table)
