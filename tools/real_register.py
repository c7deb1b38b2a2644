"""The register of April 2022, built from the real data beside the project."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hedgerow.sources.register import RegisterInputs

PROJECT = Path(__file__).resolve().parents[1]
EXTRACT = "edubasealldata20220425.csv"


def real_folder() -> Path:
    """Give the folder of real data, or stop with exit code 3 where there is none."""
    named = os.environ.get("HEDGEROW_REAL_DATA")
    data = Path(named) if named else PROJECT.parent / "shared" / "data" / "real"
    if not (data / EXTRACT).is_file():
        print(f"No {EXTRACT} in {data}: set HEDGEROW_REAL_DATA to the folder that has it.")
        sys.exit(3)
    return data


def real_inputs(data: Path) -> RegisterInputs:
    """Give every file that goes into the register of April 2022."""
    from hedgerow.sources.register import RegisterInputs

    return RegisterInputs(
        gias=data / EXTRACT,
        groups=data / "allgroupsdata20220329.csv",
        links=(
            data / "grouplinks_edubaseallacademiesandfree20170403.csv",
            data / "grouplinks_edubaseallacademiesandfree20190601.csv",
            data / "alllinksdata20220329.csv",
        ),
        successors=data / "links_edubasealldata20230421.csv",
        ks2=(data / "england_ks2final_201819_subset.csv",),
        census=(
            data / "england_census_201819.csv",
            data / "spc_school_level_underlying_data_202223.csv.gz",
        ),
        imd=(
            data / "File_1_-_IMD2019_Index_of_Multiple_Deprivation.csv.gz",
            data / "File_1_IoD2025_Index_of_Multiple_Deprivation.xlsx",
        ),
        lsoa=data / "lsoa2011_centroids.csv",
        hubs=(data / "region_mapping.csv", data / "hub_area_districts.csv"),
        boundaries=data / "boundaries.geojson",
        postcodes=data / "onspd_school_postcodes.csv",
    )


def build_real_register(out: Path) -> Path:
    """Build it in a folder, which is given back."""
    from hedgerow.sources.register import build

    build(real_inputs(real_folder()), out)
    return out
