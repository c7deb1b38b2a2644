"""The sheets of professional learning: what is offered, who takes part, what comes of it."""

from __future__ import annotations

from hedgerow.fieldbook.asked.phrases import CODE, EITHER, LAST, ORGANISATION, WHO
from hedgerow.fieldbook.sheets import Ask, drawn

ACTIVITIES = drawn(
    "Activities",
    "activities",
    "What is on offer or took place, one offer a row, each run of a programme on its own.",
    {
        "name": Ask(heading="Title", example="Reasoning work group"),
        "provider": Ask(
            heading="Provider", says=WHO, example="Thorn Maths Hub", targets=ORGANISATION
        ),
        "id": Ask(heading="Code", says=CODE, example="A1", is_code=True),
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
)

PARTICIPATION = drawn(
    "Participation",
    "participation",
    "How many staff of which school took part in which activity. Numbers, never names. A "
    "school without a row is not known, not nought.",
    {
        "school": Ask(
            heading="School",
            says=WHO,
            example="Bramble Lane Primary School",
            targets=ORGANISATION,
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
        "end": Ask(heading="Last day", says=LAST, example="2022-03-15", is_last_day=True),
    },
)

ADOPTIONS = drawn(
    "Adoptions",
    "adoptions",
    "Which school uses which practice, tool or routine, and which was asked and does not.",
    {
        "school": Ask(
            heading="School",
            says=WHO,
            example="Bramble Lane Primary School",
            targets=ORGANISATION,
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
        "end": Ask(heading="Last day", says=LAST, is_last_day=True),
        "through": Ask(
            heading="Through whom",
            says="The organisation or person through whom it came",
            example="Thorn Maths Hub",
            targets=EITHER,
        ),
    },
)

SCORES = drawn(
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
            says=f"The school; for the experts, who provides the activity. {WHO}",
            example="Bramble Lane Primary School",
            targets=ORGANISATION,
        ),
        "level": Ask(heading="Level", example="maths lead"),
        "instrument": Ask(heading="Instrument", example="reasoning test"),
        "score": Ask(heading="Score", example="7.5"),
        "people": Ask(heading="People", example="1"),
        "date": Ask(heading="Day", example="2022-05-01"),
    },
)
