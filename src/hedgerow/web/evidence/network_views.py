"""The page of a network's file before it is checked: what it holds, and what its kinds are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from hedgerow.fieldbook.networks import FORMATS
from hedgerow.fieldbook.networks.to_evidence import AREA, NODE_KINDS, NOMINATIONS, PERSON
from hedgerow.fieldbook.networks.values import folded
from hedgerow.fieldbook.sheets import in_words
from hedgerow.landscape.tables.organisations import ORGANISATION_KINDS, TIE_KINDS
from hedgerow.web.access.permissions import Action, needs
from hedgerow.web.evidence.checking import CHECK, forget_check
from hedgerow.web.evidence.models import Contribution
from hedgerow.web.evidence.networks import SAID, counts, network_of
from hedgerow.web.evidence.own import asked, keep_said, own_waiting

MOST_KINDS = 200
Kinds = Sequence[tuple[str, int]]


class KindsForm(forms.Form):
    """The day that a network describes, and what each of its kinds is.

    Parameters
    ----------
    nodes, ties : sequence of (str, int)
        Kinds with how often each stands.
    said : mapping
        What was said before.
    is_canvas : bool
        Whether it is of Network Canvas, where one name may stand for one thing in all interviews.
    """

    day = forms.DateField(
        label="The day that it describes",
        help_text="Ties without a day of their own count as they stood then.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(
        self, *args: Any, nodes: Kinds, ties: Kinds, said: Mapping[str, Any], is_canvas: bool
    ) -> None:
        self._nodes, self._ties = nodes[:MOST_KINDS], ties[:MOST_KINDS]
        self._said = said
        super().__init__(*args, initial={"day": said.get("day")})
        for at, (kind, _) in enumerate(self._nodes):
            self.fields[f"node_{at}"] = forms.ChoiceField(
                label=kind or "no kind",
                required=False,
                choices=_choices(NODE_KINDS.get(folded(kind)), (PERSON, AREA, *ORGANISATION_KINDS)),
                initial=said.get("node_kinds", {}).get(kind, ""),
            )
        for at, (kind, _) in enumerate(self._ties):
            known = kind if kind in TIE_KINDS else NOMINATIONS.get(kind)
            self.fields[f"tie_{at}"] = forms.ChoiceField(
                label=kind,
                required=False,
                choices=_choices(known, TIE_KINDS),
                initial=said.get("tie_kinds", {}).get(kind, "" if known else _meant(kind)),
            )
        if is_canvas:
            self.fields["merge"] = forms.MultipleChoiceField(
                label="Of which kinds are two of one name the same, across interviews?",
                help_text="Right for groups and schools, wrong for first names.",
                required=False,
                choices=[(kind, kind) for kind, _ in self._nodes if kind],
                initial=said.get("merge", []),
                widget=forms.CheckboxSelectMultiple,
            )

    def nodes(self) -> list[tuple[forms.BoundField, int]]:
        """Give the fields of kinds of nodes, with how often each kind stands."""
        return [(self[f"node_{at}"], count) for at, (_, count) in enumerate(self._nodes)]

    def ties(self) -> list[tuple[forms.BoundField, int]]:
        """Give the fields of kinds of ties, with how often each kind stands."""
        return [(self[f"tie_{at}"], count) for at, (_, count) in enumerate(self._ties)]

    def rest(self) -> list[forms.BoundField]:
        """Give the fields that are about no kind."""
        return [self[name] for name in ("day", "merge") if name in self.fields]

    def said(self) -> dict[str, Any]:
        """Give what was sent, as the mapping of a contribution keeps it."""
        given = self.cleaned_data
        day: date = given["day"]
        return {
            "day": day.isoformat(),
            "node_kinds": {
                kind: given[f"node_{at}"]
                for at, (kind, _) in enumerate(self._nodes)
                if given[f"node_{at}"]
            },
            "tie_kinds": {
                kind: given[f"tie_{at}"]
                for at, (kind, _) in enumerate(self._ties)
                if given[f"tie_{at}"]
            },
            "merge": given.get("merge", []),
        }


def _meant(kind: str) -> str:
    """Give the kind of tie whose words a file writes; nothing for other words."""
    return next((one for one in TIE_KINDS if folded(in_words(one)) == folded(kind)), "")


def _choices(known: str | None, kinds: Sequence[str]) -> list[tuple[str, str]]:
    first = f"As it says: {in_words(known)}" if known else "Not known: leave them out"
    return [("", first), *((kind, in_words(kind)) for kind in kinds)]


@needs(Action.ADD_EVIDENCE)
def kinds(request: HttpRequest, partnership: str, contribution_id: int) -> HttpResponse:
    """Show what a network's file holds, and take what its kinds are."""
    found = own_waiting(request, contribution_id, str(Contribution.Kind.NETWORK))
    read = network_of(found)
    form = KindsForm(
        request.POST or None,
        nodes=counts(read.network.nodes["kind"]),
        ties=counts(read.network.ties["kind"]),
        said=found.mapping.get(SAID, {}),
        is_canvas=read.format == "network-canvas",
    )
    if request.method == "POST" and form.is_valid():
        return redirect(_keep(request, found, form.said()))
    return render(
        request,
        "evidence/kinds.html",
        {
            "found": found,
            "form": form,
            "read": read,
            "format": FORMATS[read.format].title,
            "unread": read.set_aside.height,
        },
    )


@transaction.atomic
def _keep(request: HttpRequest, found: Contribution, said: dict[str, Any]) -> str:
    keep_said(found, **{SAID: said})
    forget_check(found)
    return asked(request, CHECK, f"Checking {found.file}", contribution=found.pk)
