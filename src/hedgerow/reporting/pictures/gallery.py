"""All pictures of a place, by the feature that they stand with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hedgerow.reporting.pictures.chance import chance_picture
from hedgerow.reporting.pictures.conversions import conversions_picture
from hedgerow.reporting.pictures.governance import governance_picture
from hedgerow.reporting.pictures.hubs import hubs_picture
from hedgerow.reporting.pictures.map_picture import map_picture
from hedgerow.reporting.pictures.modes import modes_picture
from hedgerow.reporting.pictures.picture import Picture
from hedgerow.reporting.pictures.practices import practices_picture
from hedgerow.reporting.pictures.trusts import trusts_picture

if TYPE_CHECKING:
    from hedgerow.localities.profile import Profile


def gallery(profile: Profile) -> dict[str, tuple[Picture, ...]]:
    """Give the pictures of a place that its evidence allows, by feature; the map under
    ``"map"``."""
    drawn = {
        "map": (map_picture(profile),),
        "linked_systems": (
            governance_picture(profile),
            trusts_picture(profile),
            hubs_picture(profile),
            chance_picture(profile, "linked_systems"),
        ),
        "local_lens": (chance_picture(profile, "local_lens"), conversions_picture(profile)),
        "professional_learning": (modes_picture(profile),),
        "practices": (practices_picture(profile),),
    }
    return {
        feature: tuple(one for one in pictures if one is not None)
        for feature, pictures in drawn.items()
    }
