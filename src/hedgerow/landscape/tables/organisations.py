"""Organisations of every kind, what only a school has, areas, and the ties between them."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from hedgerow.landscape.tables.choices import one_of

ORGANISATION_KINDS = (
    "school",
    "trust",
    "foundation_trust",
    "sponsor",
    "federation",
    "authority",
    "maths_hub",
    "english_hub",
    "computing_hub",
    "behaviour_hub",
    "science_hub",
    "teaching_school_hub",
    "research_school",
    "teaching_school_alliance",
    "association",
    "cluster",
    "university",
    "company",
    "charity",
    "online_community",
    "government",
)

TIE_KINDS = (
    "governs",
    "maintains",
    "sponsors",
    "federates",
    "supports",
    "hosts",
    "covers",
    "member_of",
    "collaborates",
    "joint_bid",
    "signposts",
    "advises",
    "peer_review",
    "visits",
    "turns_to",
    "succeeds",
)


class Organisations(dy.Schema):
    """Every organisation of the landscape, one a row: schools, trusts, authorities, hubs and so on.

    Supports: what exists on a day, where it is, in which authority, district and region.
    Does not hold: what a school is like (see `Schools`) or who is tied to whom (see `Ties`). Closed
    schools are there only if a source gave them.
    """

    id = dy.String(
        primary_key=True,
        min_length=3,
        metadata={
            "description": "Identifier with its scheme: urn:100000, uid:2044, la:330, tsh:EE1 ...",
            "example": "urn:100000",
        },
    )
    kind = one_of(ORGANISATION_KINDS, "What kind of organisation it is")
    name = dy.String(
        min_length=1, metadata={"description": "Its name", "example": "Bramble Lane Primary School"}
    )
    code = dy.String(
        nullable=True,
        metadata={"description": "Official statistical code, where there is one (E08000025)"},
    )
    postcode = dy.String(nullable=True, metadata={"description": "Postcode", "example": "AB1 2CD"})
    easting = dy.Float64(
        nullable=True,
        min=0,
        max=700_000,
        metadata={"description": "British National Grid easting", "unit": "m"},
    )
    northing = dy.Float64(
        nullable=True,
        min=0,
        max=1_300_000,
        metadata={"description": "British National Grid northing", "unit": "m"},
    )
    position_from = one_of(
        ("register", "postcode", "host", "given"),
        "Where the position comes from; empty where it is not known",
        nullable=True,
    )
    authority = dy.String(
        nullable=True, metadata={"description": "The authority that it lies in (la:330)"}
    )
    district = dy.String(
        nullable=True, metadata={"description": "The district that it lies in (lad:E08000025)"}
    )
    region = dy.String(
        nullable=True, metadata={"description": "The English region that it lies in, by name"}
    )
    opened = dy.Date(
        nullable=True, metadata={"description": "First day; empty where unknown (left-censored)"}
    )
    closed = dy.Date(
        nullable=True,
        metadata={"description": "Day on which it was no longer there; empty where open"},
    )
    source = dy.String(metadata={"description": "Identifier of the source"})

    @dy.rule()
    def position_is_whole(cls) -> pl.Expr:
        """An easting comes with a northing."""
        return pl.col("easting").is_null() == pl.col("northing").is_null()

    @dy.rule()
    def closes_after_opening(cls) -> pl.Expr:
        """It does not close before it opens."""
        return (pl.col("closed") >= pl.col("opened")).fill_null(True)


class Schools(dy.Schema):
    """What only a school has, one school a row; the same ``id`` stands in `Organisations`.

    Supports: kind and size of school at the register's date.
    Does not hold: values for other dates, which are `Observations` with their own date (pupils,
    free school meals, attainment, inspection, deprivation). Status and type are as at the
    register's date too, even in a landscape asked for on an earlier day.
    """

    id = dy.String(primary_key=True, metadata={"description": "urn:100000, as in organisations"})
    urn = dy.Int64(min=1, metadata={"description": "Unique reference number of the establishment"})
    phase = dy.String(
        metadata={"description": "Official phase (Primary, Middle deemed primary, Secondary ...)"}
    )
    type_code = dy.String(
        nullable=True, metadata={"description": "Official code of the type of establishment"}
    )
    type = dy.String(metadata={"description": "Official type of establishment"})
    status = one_of(
        ("maintained", "academy", "independent", "other"),
        "Legal status: maintained by its authority, academy (free schools, studio schools and "
        "university technical colleges included), independent, or other",
    )
    route = one_of(
        ("converter", "sponsored", "new"),
        "How an academy became one: converter, sponsored, or new (free school and the like); "
        "empty for schools that are no academy",
        nullable=True,
    )
    low_age = dy.Int16(
        nullable=True,
        min=0,
        max=25,
        metadata={"description": "Statutory lowest age", "unit": "years"},
    )
    high_age = dy.Int16(
        nullable=True,
        min=0,
        max=25,
        metadata={"description": "Statutory highest age", "unit": "years"},
    )
    pupils = dy.Int32(
        nullable=True,
        min=0,
        metadata={"description": "Pupils on roll at the register's date", "unit": "pupils"},
    )
    capacity = dy.Int32(nullable=True, min=0, metadata={"description": "Places", "unit": "pupils"})
    faith = dy.String(nullable=True, metadata={"description": "Official religious character"})
    rural = dy.Bool(
        nullable=True,
        metadata={"description": "Whether it lies in an area officially classed as rural"},
    )
    urban_rural = dy.String(
        nullable=True, metadata={"description": "Official urban or rural class"}
    )
    ward = dy.String(nullable=True, metadata={"description": "Electoral ward"})
    lsoa = dy.String(nullable=True, metadata={"description": "Lower layer super output area code"})


class Areas(dy.Schema):
    """Areas with a name and, where a boundaries file was given, an outline.

    Supports: drawing outlines, finding districts, hub areas by district.
    Does not hold: the exact border. Outlines may be generalised: they are for drawing, never for
    deciding which school lies where.
    """

    id = dy.String(primary_key=True, metadata={"description": "lad:E08000025, hubarea:EE1 ..."})
    kind = one_of(("district", "hub_area"), "What kind of area")
    name = dy.String(metadata={"description": "Its name"})
    outline = dy.Binary(
        nullable=True, metadata={"description": "Well-known binary, British National Grid metres"}
    )
    source = dy.String(metadata={"description": "Identifier of the source"})


class AreaParts(dy.Schema):
    """Which districts make up a larger area, such as the area of a Teaching School Hub.

    Supports: finding the schools of a larger area through their districts.
    Does not hold: on which side of the line a school lies, where areas share a district.
    """

    area = dy.String(primary_key=True, metadata={"description": "The larger area (hubarea:EE1)"})
    part = dy.String(
        primary_key=True, metadata={"description": "The district in it (lad:E07000070)"}
    )
    is_whole = dy.Bool(
        metadata={"description": "Whether the whole district lies in it, as far as the source says"}
    )
    source = dy.String(metadata={"description": "Identifier of the source"})


class Postcodes(dy.Schema):
    """Positions of postcodes.

    Supports: radius lenses around a postcode, and places for schools without coordinates.
    Does not hold: the position of a building. A postcode stands for the middle of its addresses.
    """

    postcode = dy.String(
        primary_key=True, metadata={"description": "Postcode in capitals, without its space"}
    )
    easting = dy.Float64(
        min=0, max=700_000, metadata={"description": "British National Grid easting", "unit": "m"}
    )
    northing = dy.Float64(
        min=0,
        max=1_300_000,
        metadata={"description": "British National Grid northing", "unit": "m"},
    )
    district = dy.String(nullable=True, metadata={"description": "District (lad:E08000025)"})


class Ties(dy.Schema):
    """Dated links between organisations, persons and areas, one a row, read "from does this to to".

    ``governs`` runs from a trust to a school, ``maintains`` from an authority to a school,
    ``covers`` from a hub to a school, authority or area, ``hosts`` from a school or trust to a hub,
    ``succeeds`` from the newer school to the older one.

    Supports: who was tied to whom on any day.
    Does not hold: ties that nobody recorded. A missing tie is unknown unless a source says that it
    lists all of a kind.
    """

    from_id = dy.String(primary_key=True, metadata={"description": "Who the tie goes out from"})
    to_id = dy.String(primary_key=True, metadata={"description": "Whom it reaches"})
    kind = one_of(TIE_KINDS, "What kind of tie", primary_key=True)
    number = dy.Int32(
        primary_key=True,
        min=0,
        metadata={"description": "0, or a running number where the same tie ended and began anew"},
    )
    start = dy.Date(nullable=True, metadata={"description": "First day; empty where unknown"})
    end = dy.Date(
        nullable=True,
        metadata={"description": "Day on which it no longer held; empty where it still does"},
    )
    start_censored = dy.Bool(
        metadata={
            "description": "True where the tie was there when first seen; its start is not known"
        }
    )
    end_censored = dy.Bool(
        metadata={
            "description": "True where the tie ended at some time before `end`, the first "
            "day on which it was seen to be gone"
        }
    )
    weight = dy.Float64(
        nullable=True,
        metadata={"description": "Strength, in the unit of the source; empty where none"},
    )
    carrier = dy.String(
        nullable=True, metadata={"description": "The person who carries the tie, if one does"}
    )
    source = dy.String(metadata={"description": "Identifier of the source"})

    @dy.rule()
    def ends_after_start(cls) -> pl.Expr:
        """It does not end before it starts."""
        return (pl.col("end") >= pl.col("start")).fill_null(True)
