"""The pages of the demo that are looked at, with who looks."""

from __future__ import annotations

HERE = "/partnerships/three-places"
TOWN = "/places/authority:982/"
OPEN = (
    "/",
    "/search/?q=town",
    "/search/?q=nowhere+at+all",
    TOWN,
    f"{TOWN}context/",
    f"{TOWN}local_lens/",
    f"{TOWN}linked_systems/",
    f"{TOWN}figures/linked_systems.maintained_share/",
    f"{TOWN}schools/",
    f"{TOWN}map/",
    f"{TOWN}network/",
    f"{TOWN}timeline/",
    "/schools/900010/",
    "/compare/?place=authority:981&place=authority:982&place=authority:983",
    "/places/radius:nowhere,5/",
    "/account/sign-in/",
    "/account/password/forgotten/",
    "/no/such/page/",
)
SIGNED_IN = (
    ("member", f"{HERE}/"),
    ("member", f"{HERE}{TOWN}"),
    ("member", f"{HERE}{TOWN}professional_learning/"),
    ("member", f"{HERE}{TOWN}bridging/"),
    ("member", f"{HERE}{TOWN}sense_making/"),
    ("member", f"{HERE}{TOWN}network/"),
    ("member", f"{HERE}{TOWN}map/"),
    ("member", f"{HERE}{TOWN}timeline/"),
    ("member", f"{HERE}/schools/950120/?on=2022-07-01"),
    ("member", "/account/"),
    ("member", "/account/second-factor/"),
    ("member", "/partnerships/"),
    ("member", "/partnerships/start/"),
    ("member", f"{HERE}/out/"),
    ("steward", f"{HERE}/members/"),
    ("steward", f"{HERE}/settings/"),
    ("steward", f"{HERE}/audit/"),
    ("steward", f"{HERE}/evidence/"),
    ("steward", f"{HERE}/evidence/records/"),
    ("steward", f"{HERE}/evidence/records/roles-and-seats/?q=maths"),
    ("steward", f"{HERE}/evidence/records/persons/add/"),
    ("steward", f"{HERE}/evidence/records/clusters-and-associations/add/"),
    ("contributor", f"{HERE}/sharing/"),
    ("contributor", f"{HERE}/evidence/"),
)
EVERY = (*(("", path) for path in OPEN), *SIGNED_IN)
