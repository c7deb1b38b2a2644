"""Layouts of the establishments file: the official extract, and what the web site's search gives.

Not named here, hence never read: names and titles of head teachers, telephone numbers, web sites,
streets.
"""

from __future__ import annotations

from hedgerow.sources.tabular import Release

SOURCE = "GIAS establishments"
OPTION = "--gias"
TITLE = "Get Information about Schools: establishments"

_IN_ALL = {
    "urn": "URN",
    "la_name": "LA (name)",
    "name": "EstablishmentName",
    "type": "TypeOfEstablishment (name)",
    "establishment_status": "EstablishmentStatus (name)",
    "phase": "PhaseOfEducation (name)",
    "postcode": "Postcode",
}

_IN_THE_EXTRACT = {
    "la_code": "LA (code)",
    "type_code": "TypeOfEstablishment (code)",
    "opened": "OpenDate",
    "closed": "CloseDate",
    "low_age": "StatutoryLowAge",
    "high_age": "StatutoryHighAge",
    "pupils": "NumberOfPupils",
    "trust_code": "Trusts (code)",
    "trust_name": "Trusts (name)",
    "region": "GOR (name)",
    "district_code": "DistrictAdministrative (code)",
    "district_name": "DistrictAdministrative (name)",
    "easting": "Easting",
    "northing": "Northing",
}

_WHERE_GIVEN = {
    "type_group": "EstablishmentTypeGroup (name)",
    "capacity": "SchoolCapacity",
    "fsm_eligible": "FSM",
    "fsm_percent": "PercentageFSM",
    "faith": "ReligiousCharacter (name)",
    "trust_flag": "TrustSchoolFlag (name)",
    "sponsor_name": "SchoolSponsors (name)",
    "federation_code": "Federations (code)",
    "federation_name": "Federations (name)",
    "la_gss": "GSSLACode (name)",
    "ward": "AdministrativeWard (name)",
    "urban_rural": "UrbanRural (name)",
    "lsoa": "LSOA (code)",
    "ofsted_rating": "OfstedRating (name)",
    "ofsted_date": "OfstedLastInsp",
    "country": "Country (name)",
    "changed": "LastChangedDate",
}

EXTRACT = Release(
    id="gias-extract",
    title="the official extract, edubasealldataYYYYMMDD.csv",
    columns={**_IN_ALL, **_IN_THE_EXTRACT},
    optional=_WHERE_GIVEN,
)

SEARCH_RESULTS = Release(
    id="gias-search",
    title="search results downloaded from the GIAS web site, results.csv",
    columns=_IN_ALL,
    optional={
        **{ours: theirs for ours, theirs in _IN_THE_EXTRACT.items() if ours != "type_code"},
        **_WHERE_GIVEN,
    },
    absent=("TypeOfEstablishment (code)",),
    spills=True,  # links to other establishments run on after the last column
)

RELEASES = (EXTRACT, SEARCH_RESULTS)
