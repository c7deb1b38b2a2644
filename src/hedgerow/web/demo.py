"""The made-up region on the site: its register, a partnership with evidence, and people to be."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from hedgerow.fieldbook.calling import called_by_name
from hedgerow.fieldbook.made_up.open_files import write_open_files
from hedgerow.fieldbook.made_up.plan import TOWN
from hedgerow.fieldbook.made_up.region import Region, make_region
from hedgerow.fieldbook.made_up.seed import DEFAULT_SEED
from hedgerow.fieldbook.workbook import write_workbook
from hedgerow.landscape.landscape import Landscape
from hedgerow.sources.register import RegisterInputs, build
from hedgerow.web.access.audience import ACTS_FOR, Role
from hedgerow.web.access.levels import Level, RecordKind
from hedgerow.web.accounts.models import User
from hedgerow.web.evidence import importing, uploads
from hedgerow.web.evidence.models import Contribution
from hedgerow.web.jobs.work import Progress
from hedgerow.web.partnerships.audit import record
from hedgerow.web.partnerships.models import Membership, Partnership, SharingDecision
from hedgerow.web.registers import register_on

SLUG = "three-places"
PASSWORD = "made-up hedgerow"


class Quiet(Progress):
    """Progress of work that nobody watches."""

    def __init__(self) -> None:
        """Take no job."""

    def step(self, done: int, whole: int, words: str = "") -> None:
        """Go on."""


def make_demo(say: Callable[[str], None]) -> None:
    """Make what is missing of the demo; what is there stays as people left it."""
    if Partnership.objects.filter(slug=SLUG).exists():
        return
    say("Making up City, Town and Shire (once; up to a minute)")
    region = make_region(DEFAULT_SEED)
    if not settings.SITE.registers.exists():
        files = write_open_files(region, settings.SITE.home / "open-data")
        build(RegisterInputs(**vars(files)), settings.SITE.registers)
    with transaction.atomic():
        partnership = _partnership(region)
        contribution = _sent(partnership, region)
    importing.import_fieldbook(Quiet(), contribution=contribution.pk, user=None)


def _partnership(region: Region) -> Partnership:
    landscape = register_on()
    made = Partnership.objects.create(
        slug=SLUG,
        name="Three Places Partnership",
        place="country:England",
        about="A partnership across the made-up City, Town and Shire. Nothing here is real.",
        is_published=True,
    )
    record(made, None, "started", made.name)
    trusts = _trusts_of_the_town(landscape)
    for role in Role:
        if role is Role.PUBLIC:
            continue
        user = User.objects.create_user(f"{role}@example.org", PASSWORD, name=f"Demo {role}")
        acts_for = trusts[0] if role in ACTS_FOR else ""
        Membership.objects.create(partnership=made, user=user, role=role, organisation=acts_for)
    SharingDecision.objects.bulk_create(_decisions(made, landscape, region, trusts[-1]))
    return made


def _trusts_of_the_town(landscape: Landscape) -> list[str]:
    """Give the academy trusts with schools in the made-up Town, the one with most first."""
    schools = landscape.schools.filter(landscape.schools["authority"] == f"la:{TOWN.code}")
    governed = landscape.ties.filter(
        (landscape.ties["kind"] == "governs") & landscape.ties["to_id"].is_in(schools["id"])
    )
    counted = governed["from_id"].value_counts(sort=True).sort("count", "from_id", descending=True)
    return [str(one) for one in counted["from_id"] if str(one).startswith("uid:")]


def _decisions(
    partnership: Partnership, landscape: Landscape, region: Region, shy: str
) -> Iterator[SharingDecision]:
    """Let all organisations share by name, but for one trust that keeps its people to itself."""
    own = region.evidence.get("organisations")
    everybody = [*landscape.organisations["id"], *([] if own is None else own["id"])]
    for organisation in dict.fromkeys(everybody):
        for kind in RecordKind:
            is_kept = organisation == shy and kind is RecordKind.PEOPLE
            yield SharingDecision(
                partnership=partnership,
                organisation=organisation,
                kind=kind.value,
                level=(Level.PRIVATE if is_kept else Level.NAMED).value,
            )


def _sent(partnership: Partnership, region: Region) -> Contribution:
    """Send the fieldbook of the region, as a steward would."""
    path = settings.SITE.home / "fieldbook.xlsx"
    write_workbook(called_by_name(region.evidence), path)
    upload = uploads.keep(SimpleUploadedFile(path.name, path.read_bytes()))
    return Contribution.objects.create(
        partnership=partnership,
        name="fieldbook",
        kind=Contribution.Kind.FIELDBOOK,
        file=path.name,
        upload=upload,
    )
