"""What kind of place it is, in plain sentences made from its findings, and what is not known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from hedgerow.features.designated_hubs import HUB_NAMES, hubs_here
from hedgerow.features.state_schools import IN_WORDS, count_of_unknown_trusts, state_schools
from hedgerow.landscape.finding import Finding
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.lens import Everywhere, Footprint, Place, Radius
from hedgerow.landscape.periods import in_words
from hedgerow.localities.saying import Speaker, counted, in_per_cent, kilometres, listed

OTHER_DAY = 365
"""Days from the day asked for beyond which a figure's own date is said."""


@dataclass(frozen=True)
class Statement:
    """A plain sentence about a place, and the findings that it rests on.

    Attributes
    ----------
    text : str
    findings : tuple of str
        Identifiers of indicators; empty for a sentence that says what the figures are not.
    """

    text: str
    findings: tuple[str, ...]


def overview(
    here: LocalLandscape, findings: Sequence[Finding], england: Mapping[str, Finding]
) -> tuple[Statement, ...]:
    """Say what kind of place it is, from its findings alone.

    A finding that was not measured, or would rest on too few, is left out of the sentences about
    the place and counted or named in those about what is not known. Nothing is ranked or judged.

    Parameters
    ----------
    here : LocalLandscape
    findings : sequence of Finding
    england : mapping of str to Finding
        England's findings, where they are compared.
    """
    say = Speaker({one.id: one for one in findings}, england)
    if state_schools(here).is_empty():
        text = f"As on {in_words(here.on)} there are no {IN_WORDS[here.phase]} {_where(here)}."
        return (Statement(text, ("context.schools",)),)
    statements = []
    for sentence in SENTENCES:
        text = sentence(here, say)
        used = say.take()
        if text:
            statements.append(Statement(text[0].upper() + text[1:], used))
    return tuple(statements)


def _where(here: LocalLandscape) -> str:
    if isinstance(here.lens, Radius):
        return here.name
    is_region = isinstance(here.lens, Place) and here.lens.column == "region"
    if isinstance(here.lens, Footprint) or (is_region and here.name != "London"):
        return f"in the {here.name}"
    return f"in {here.name}"


def _size(here: LocalLandscape, say: Speaker) -> str:
    number, words = say.value("context.schools"), IN_WORDS[here.phase]
    are = f"{'is' if number == 1 else 'are'} {counted(number, words.removesuffix('s'))}"
    text = f"as on {in_words(here.on)} there {are} {_where(here)}"
    if say.knows("context.pupils"):
        text += f", with {say.value('context.pupils'):,.0f} pupils on roll"
        missing = say.findings["context.pupils"].missing
        text += f" at the {number - missing:,.0f} of which that is known" if missing else ""
    if number > 1 and say.knows("context.nearest_school_km"):
        near = kilometres(say.value("context.nearest_school_km"))
        text += f"; half of them lie within {near} of another"
    if say.knows("context.rural_share"):
        text += f", and {say.share('context.rural_share')} are in rural areas"
        text += say.beside_england("context.rural_share")
    return f"{text}."


def _governance(here: LocalLandscape, say: Speaker) -> str:
    if not say.knows("linked_systems.governing_bodies"):
        return ""
    unknown = count_of_unknown_trusts(here)
    bodies = say.value("linked_systems.governing_bodies")
    if bodies == 1 and not unknown:
        governed = "it is" if state_schools(here).height == 1 else "all of them are"
        body = _only_body(here)
        return "" if body == here.name else f"{governed} governed by {body}."
    if not say.knows("linked_systems.maintained_share"):
        return f"{counted(bodies, 'body governs', 'bodies govern')} them."
    text = f"{_authority(say)} {say.share('linked_systems.maintained_share')} of them"
    text += say.beside_england("linked_systems.maintained_share")
    trusts = _trusts(say)
    if trusts:
        text += f"; {trusts} the others" + (" whose trust is on record" if unknown else "")
        text += f", and {say.share('linked_systems.share_in_trusts_6_plus')} are in trusts of six"
        text += f" schools or more{say.beside_england('linked_systems.share_in_trusts_6_plus')}"
    return f"{text}."


def _only_body(here: LocalLandscape) -> str:
    body = state_schools(here)["body"].drop_nulls()[0]
    return here.whole.name_of(body)


def _authority(say: Speaker) -> str:
    if say.knows("linked_systems.authorities") and say.value("linked_systems.authorities") > 1:
        return "local authorities maintain"
    return "the local authority maintains"


def _trusts(say: Speaker) -> str:
    """Name the kinds of trust with their verb: "two trusts with several schools run"."""
    several = say.value("linked_systems.multi_academy_trusts")
    alone = say.value("linked_systems.single_academy_trusts")
    kinds = []
    if several:
        kinds.append(counted(several, "trust with several schools", "trusts with several schools"))
    if alone:
        kinds.append(counted(alone, "single-academy trust"))
    verb = "runs" if several + alone == 1 else "run"
    return f"{listed(kinds)} {verb}" if kinds else ""


def _localness(here: LocalLandscape, say: Speaker) -> str:
    if not say.knows("local_lens.local_trust_share"):
        return ""
    chance = say.findings["local_lens.local_trust_share"].chance
    where = "in one authority" if chance is None else "here"
    text = f"of the academies, {say.share('local_lens.local_trust_share')} are in trusts with four"
    text += f" fifths or more of their schools {where}"
    if chance is not None:
        expected = in_per_cent(chance.expected)
        text += f", where trusts spread at random over the region would give {expected}"
    if say.knows("local_lens.isolated_in_trust_share"):
        far = say.share("local_lens.isolated_in_trust_share")
        text += f"; of those in trusts of two schools or more, {far} are far from the next"
        text += f"{say.beside_england('local_lens.isolated_in_trust_share')}"
    return f"{text}."


def _change(here: LocalLandscape, say: Speaker) -> str:
    if not say.knows("local_lens.recent_conversion_share"):
        return ""
    number = say.value("local_lens.conversions")
    text = f"{counted(number, 'school')} became academies"
    if say.knows("local_lens.sponsored_share"):
        text += f", {say.share('local_lens.sponsored_share')} of them through a sponsor"
    recent = say.share("local_lens.recent_conversion_share")
    beside = say.beside_england("local_lens.recent_conversion_share")
    return f"{text}; {recent} of these conversions fell in the last three years{beside}."


def _neighbours(here: LocalLandscape, say: Speaker) -> str:
    found = say.findings.get("local_lens.neighbour_fragmentation")
    if found is None or found.value is None or found.chance is None or found.chance.expected == 0:
        return ""
    value, chance = say.value(found.id), found.chance
    expected = in_per_cent(chance.expected)
    text = "a school and one of its five nearest neighbours are under different governing bodies in"
    text += f" {in_per_cent(value)} of cases"
    if chance.low is not None and value < chance.low:
        return f"{text}, where chance would give {expected}: schools of one body lie together."
    if chance.high is not None and value > chance.high:
        return f"{text}, where chance would give {expected}: schools of one body lie apart."
    return f"{text}, as chance would have it ({expected})."


def _pupils(here: LocalLandscape, say: Speaker) -> str:
    parts = []
    for identifier, words in (
        ("context.fsm_share", "are eligible for free school meals"),
        ("context.eal_share", "speak English as an additional language"),
        ("context.ks2_maths_expected", "reached the expected standard in mathematics"),
    ):
        if say.knows(identifier):
            day = say.findings[identifier].as_of
            dated = f" ({day:%B %Y})" if abs((day - here.on).days) > OTHER_DAY else ""
            parts.append(f"{say.share(identifier)} {words}{dated}{say.beside_england(identifier)}")
    return f"of the pupils, {'; '.join(parts)}." if parts else ""


def _deprivation(here: LocalLandscape, say: Speaker) -> str:
    identifier = "context.share_in_most_deprived_fifth"
    if not say.knows(identifier):
        return ""
    text = f"{say.share(identifier)} of the schools lie in the most deprived fifth of England's"
    return f"{text} neighbourhoods{say.beside_england(identifier)}."


def _hubs(here: LocalLandscape, say: Speaker) -> str:
    if isinstance(here.lens, Everywhere) or not say.knows("linked_systems.hubs_serving"):
        return ""
    say.value("linked_systems.hubs_serving")
    served = hubs_here(here)["hub_kind"]
    hosted: dict[str, list[str]] = {}
    of_typical = " from a typical school"
    for kind in (kind for kind in HUB_NAMES if kind in set(served)):
        number = int((served == kind).sum())
        text = f"the {HUB_NAMES[kind]}" if number == 1 else counted(number, HUB_NAMES[kind])
        if say.knows(f"linked_systems.hub_distance_{kind}"):
            km = kilometres(say.value(f"linked_systems.hub_distance_{kind}"))
            text, of_typical = f"{text} ({km}{of_typical})", ""
        hosted.setdefault(_hosted(kind, number, say), []).append(text)
    parts = [f"to {listed(hubs)}{where}" for where, hubs in hosted.items()]
    return f"the schools are designated {'; '.join(parts)}."


def _hosted(kind: str, number: int, say: Speaker) -> str:
    """Say where the hubs of a kind are hosted: ", hosted here"; empty where that is not known."""
    if not say.knows(f"linked_systems.hub_inside_{kind}"):
        return ""
    inside = round(say.value(f"linked_systems.hub_inside_{kind}"))
    if inside in (0, number):
        return ", hosted here" if inside else ", hosted elsewhere"
    return f", {counted(inside, 'of them', 'of them')} hosted here"


def _incomplete(here: LocalLandscape, say: Speaker) -> str:
    parts = []
    unknown = count_of_unknown_trusts(here)
    if unknown:
        parts.append(f"{counted(unknown, 'academy has', 'academies have')} no trust on record")
        say.used.append("linked_systems.multi_academy_trusts")
    unplaced = state_schools(here)["easting"].null_count()
    if unplaced:
        parts.append(f"the position of {counted(unplaced, 'school')} is not known")
        say.used.append("context.nearest_school_km")
    small = [one.id for one in say.findings.values() if one.status == "suppressed"]
    if small:
        held = counted(len(small), "figure is", "figures are")
        parts.append(f"{held} held back for resting on too few")
        say.used.extend(small)
    return f"{listed(parts)}." if parts else ""


FAMILIES = (
    ("which pupils are eligible for free school meals", ("context.fsm_share",)),
    ("how many speak English as an additional language", ("context.eal_share",)),
    ("how deprived the areas are", ("context.deprivation_decile",)),
    ("attainment in mathematics", ("context.ks2_maths_expected", "context.ks2_maths_progress")),
    ("inspection grades", ("context.inspection_good_or_better",)),
    ("when schools became academies", ("local_lens.recent_conversion_share",)),
)
"""What a reader may miss, and the figures of which any one would tell."""


def _not_known(here: LocalLandscape, say: Speaker) -> str:
    unknown = []
    for words, identifiers in FAMILIES:
        found = [say.findings[one] for one in identifiers if one in say.findings]
        if found and all(one.status == "not measured" and one.missing for one in found):
            unknown.append(words)
            say.used.extend(identifiers)
    hubs = [kind for kind in HUB_NAMES if not say.knows(f"linked_systems.hub_distance_{kind}")]
    if hubs and not isinstance(here.lens, Everywhere):
        names = [HUB_NAMES[kind] for kind in hubs]
        unknown.append(f"how far the schools' {listed(names, 'or')} is")
        say.used.extend(f"linked_systems.hub_distance_{kind}" for kind in hubs)
    return f"the register does not tell {listed(unknown, 'or')}." if unknown else ""


def _far(here: LocalLandscape, say: Speaker) -> str:
    identifier = "equity.small_rural_far_share"
    if not say.knows(identifier) or say.findings[identifier].value == 0:
        return ""
    text = f"{say.share(identifier)} of the schools are small, rural and a long way from every hub"
    return f"{text} whose host is known{say.beside_england(identifier)}."


def _learning(here: LocalLandscape, say: Speaker) -> str:
    """Say what records tell of learning with others, of meeting and of standing alone."""
    parts = []
    for identifier, words in (
        ("professional_learning.external_reach", "learned with others in the twelve months"),
        ("professional_learning.maths_hub_reach", "worked with a Maths Hub"),
        ("sense_making.forum_coverage", "came to a forum with others"),
        ("coherence.signposted_schools_share", "are pointed to offers by somebody"),
        ("equity.isolated_share", "stand alone"),
    ):
        if say.knows(identifier):
            parts.append(f"{say.share(identifier)} {words}")
    return f"by what is on record, of the schools {listed(parts)}." if parts else ""


def _structure(here: LocalLandscape, say: Speaker) -> str:
    ranges = "A range in brackets is what would fit as well, with so few. "
    if any(one.is_measured and one.indicator.tier == "E" for one in say.findings.values()):
        return (
            f"{ranges if say.has_said_range else ''}What rests on local evidence is as full as the "
            "records that people kept and gave: beside each figure stands who gave none."
        )
    return (
        f"{ranges if say.has_said_range else ''}All this is structure, as open data shows it: who "
        "works with whom, who is reached and how it is experienced takes local evidence."
    )


SENTENCES: tuple[Callable[[LocalLandscape, Speaker], str], ...] = (
    _size,
    _governance,
    _localness,
    _change,
    _neighbours,
    _pupils,
    _deprivation,
    _hubs,
    _far,
    _learning,
    _incomplete,
    _not_known,
    _structure,
)
"""The sentences in the order in which they are said."""
