"""The sheets of what somebody judged, said or counted: stances, nominations, accounts, figures."""

from __future__ import annotations

from hedgerow.fieldbook.asked.phrases import EITHER, ORGANISATION, PERSON, PERSON_ONLY, WHO
from hedgerow.fieldbook.sheets import Ask, drawn

POLICIES = drawn(
    "Policies",
    "policies",
    "Where an organisation stands on its boundary, on standardisation and on sharing, as "
    "somebody judged it.",
    {
        "organisation": Ask(
            heading="Organisation",
            says=WHO,
            example="Hedgerow Learning Trust",
            targets=ORGANISATION,
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
)

NOMINATIONS = drawn(
    "Nominations",
    "nominations",
    "Who named whom, or which organisation, as influential, and in answer to what.",
    {
        "from_id": Ask(
            heading="Who names",
            says=PERSON,
            example="Wren Thistledown",
            targets=("person", "organisation"),
        ),
        "to_id": Ask(
            heading="Who is named",
            says="A person or an organisation",
            example="Thorn Maths Hub",
            targets=EITHER,
        ),
        "context": Ask(
            heading="In answer to what",
            example="To whom do you turn for mathematics?",
            is_prose=True,
        ),
        "date": Ask(heading="Day", example="2022-05-01"),
    },
)

ACCOUNTS = drawn(
    "Accounts",
    "accounts",
    "What people said in interviews of what is local and of how far professional learning "
    "hangs together, one code of one coder a row.",
    {
        "person": Ask(
            heading="Person", says=PERSON, example="Wren Thistledown", targets=PERSON_ONLY
        ),
        "organisation": Ask(
            heading="Organisation",
            says=f"Where they work. {WHO}",
            example="Bramble Lane Primary School",
            targets=ORGANISATION,
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
)

FIGURES = drawn(
    "Figures",
    "observations",
    "Figures on an organisation that no official file holds, and which schools were asked whom "
    "they turn to.",
    {
        "organisation": Ask(
            heading="Organisation",
            says=WHO,
            example="Bramble Lane Primary School",
            targets=ORGANISATION,
        ),
        "measure": Ask(heading="Figure", example="ties asked"),
        "date": Ask(
            heading="Day", says="The day, or the last day of the period", example="2022-05-01"
        ),
        "value": Ask(heading="Value", says="Shares as fractions of 1", example="1"),
        "denominator": Ask(heading="Out of how many"),
    },
)
