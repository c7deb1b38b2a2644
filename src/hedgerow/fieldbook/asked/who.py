"""The sheets of who there is: organisations, persons, their roles, memberships and ties."""

from __future__ import annotations

from hedgerow.fieldbook.asked.phrases import (
    CODE,
    EITHER,
    LAST,
    ORGANISATION,
    PERSON,
    PERSON_ONLY,
    WHO,
)
from hedgerow.fieldbook.sheets import Ask, ColumnSpec, drawn

BODY_KIND = "body_kind"
"""Column of the sheet of clusters that founds an organisation no other sheet knows."""
BODY_KINDS = (
    "cluster",
    "association",
    "federation",
    "teaching_school_alliance",
    "online_community",
)

ORGANISATIONS = drawn(
    "Organisations",
    "organisations",
    "Organisations that no register knows: clusters, associations, local hubs, companies, "
    "charities, universities, online communities. Schools and trusts need not be listed.",
    {
        "name": Ask(heading="Name", example="Hedge Lane Partnership"),
        "kind": Ask(heading="Kind", example="cluster"),
        "id": Ask(heading="Code", says=CODE, example="hedge-lane", is_code=True),
        "postcode": Ask(heading="Postcode"),
        "authority": Ask(
            heading="Authority",
            says="Name or three-digit number of the local authority that it lies in",
            targets=ORGANISATION,
        ),
        "district": Ask(heading="District", says="District that it lies in", targets=("area",)),
        "region": Ask(heading="Region"),
        "opened": Ask(heading="First day", says="Empty where not known", example="2019-09-01"),
        "closed": Ask(heading="Last day", says="Empty where it is still there", is_last_day=True),
    },
)

MEMBERSHIPS = drawn(
    "Clusters and associations",
    "ties",
    "Who belongs to which cluster, association, alliance or online community, one membership "
    "a row.",
    {
        "to_id": Ask(
            heading="Cluster or association",
            says="Its name. One that is nowhere else is taken up with the kind beside it",
            example="Hedge Lane Partnership",
            targets=ORGANISATION,
        ),
        "from_id": Ask(
            heading="Member",
            says=f"The school or other member. {WHO}",
            example="Bramble Lane Primary School",
            targets=EITHER,
        ),
        "start": Ask(heading="First day", says="Empty where not known", example="2019-09-01"),
        "end": Ask(heading="Last day", says=LAST, is_last_day=True),
        "weight": Ask(heading="Strength"),
        "carrier": Ask(
            heading="Through whom",
            says=f"The person who carries the tie, if one does. {PERSON}",
            targets=PERSON_ONLY,
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
)

PERSONS = drawn(
    "Persons",
    "persons",
    "Only for those who agreed to be named, or whose code needs a line of its own. Everyone "
    "else is known by what the other sheets call them, and gets a pseudonym.",
    {
        "id": Ask(heading="Person", says=PERSON, example="Wren Thistledown", targets=PERSON_ONLY),
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
)

ROLES = drawn(
    "Roles and seats",
    "roles",
    "Who does what in which organisation, and who sits on whose board or steering group.",
    {
        "person": Ask(
            heading="Person", says=PERSON, example="Wren Thistledown", targets=PERSON_ONLY
        ),
        "organisation": Ask(
            heading="Organisation",
            says=WHO,
            example="Bramble Lane Primary School",
            targets=ORGANISATION,
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
        "end": Ask(heading="Last day", says=LAST, is_last_day=True),
    },
)

TIES = drawn(
    "Ties",
    "ties",
    "Dated links other than membership: who turns to whom, visits, advises, bids jointly, "
    "signposts.",
    {
        "from_id": Ask(
            heading="From",
            says=f"Who does it. {WHO}",
            example="Bramble Lane Primary School",
            targets=EITHER,
        ),
        "kind": Ask(heading="Kind of tie", example="turns to"),
        "to_id": Ask(
            heading="To",
            says=f"Whom it reaches. {WHO}",
            example="Thorn Maths Hub",
            targets=("organisation", "person", "area"),
        ),
        "start": Ask(heading="First day", says="Empty where not known", example="2020-09-01"),
        "end": Ask(heading="Last day", says=LAST, is_last_day=True),
        "weight": Ask(
            heading="Strength", says="A number, such as times a year; empty where not known"
        ),
        "carrier": Ask(
            heading="Through whom",
            says=f"The person who carries the tie, if one does. {PERSON}",
            targets=PERSON_ONLY,
        ),
    },
)
