"""The sheets of forums: who meets, what worries them, what they agree, who looks across."""

from __future__ import annotations

from hedgerow.fieldbook.asked.phrases import CODE, EITHER, ORGANISATION, PERSON, PERSON_ONLY, WHO
from hedgerow.fieldbook.sheets import Ask, drawn

MEETINGS = drawn(
    "Meetings",
    "meetings",
    "Meetings of a forum: a steering group, a heads' association, an improvement partnership.",
    {
        "forum": Ask(heading="Forum", example="Heads' forum"),
        "date": Ask(heading="Day", example="2022-02-10"),
        "id": Ask(heading="Code", says=CODE, example="M1", is_code=True),
        "convenor": Ask(
            heading="Convenor",
            says=f"The organisation that convenes it. {WHO}",
            targets=ORGANISATION,
        ),
        "purpose": Ask(heading="Purpose", is_prose=True),
    },
)

ATTENDANCE = drawn(
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
            says=WHO,
            example="Bramble Lane Primary School",
            targets=ORGANISATION,
        ),
        "person": Ask(heading="Person", says=f"By whom, if known. {PERSON}", targets=PERSON_ONLY),
        "role": Ask(heading="Role"),
    },
)

CONCERNS = drawn(
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
        "id": Ask(heading="Code", says=CODE, example="C1", is_code=True),
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
)

PRIORITIES = drawn(
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
            targets=EITHER,
        ),
        "group": Ask(heading="Group"),
        "priority": Ask(heading="Priority", example="release of subject leads"),
        "rank": Ask(heading="Rank", example="1"),
    },
)

ACTIONS = drawn(
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
            targets=EITHER,
        ),
        "agreed": Ask(heading="Agreed on", example="2022-03-10"),
        "due": Ask(heading="Due on", example="2022-07-01"),
        "done": Ask(heading="Done on"),
        "reviewed": Ask(heading="Reviewed on"),
    },
)

OVERSIGHT = drawn(
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
            targets=EITHER,
        ),
        "date": Ask(heading="Day", says="When it was asked", example="2022-05-01"),
    },
)
