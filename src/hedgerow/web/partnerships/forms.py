"""Forms of partnerships."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.text import slugify

from hedgerow.landscape.errors import HedgerowError
from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.places import find_place
from hedgerow.web.access.audience import ACTS_FOR
from hedgerow.web.access.levels import Level, RecordKind
from hedgerow.web.accounts.models import User
from hedgerow.web.partnerships.models import ROLES, Partnership
from hedgerow.web.partnerships.organisations import organisation_called


class PartnershipForm(forms.ModelForm):
    """What a partnership is called, the place that it looks after, and whether it publishes."""

    class Meta:
        model = Partnership
        fields = ("name", "place", "about", "is_published")
        labels = {  # noqa: RUF012  # Django's own way
            "place": "The place that it looks after",
            "about": "About it",
            "is_published": "Publish figures that rest on our evidence",
        }
        help_texts = {  # noqa: RUF012  # Django's own way
            "place": "Its name, or what stands for it in the address of its page: "
            "“authority:330”, “trust:2044”.",
            "is_published": "The public then sees figures of the whole place, never records or "
            "names. Otherwise only members see what rests on local evidence.",
        }

    def __init__(self, *args: Any, landscape: Landscape, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.landscape = landscape
        self.fields["place"].widget = forms.TextInput()
        self.fields["about"].widget = forms.Textarea(attrs={"rows": 3})

    def clean_place(self) -> str:
        """Check that there is such a place."""
        place: str = self.cleaned_data["place"]
        try:
            find_place(self.landscape, place)
        except HedgerowError as fault:
            raise forms.ValidationError(str(fault)) from fault
        return place

    def clean_name(self) -> str:
        """Check that the name makes an address of its own."""
        # one line, as it stands in messages
        name = " ".join(self.cleaned_data["name"].split())
        if self.instance.pk is None:
            slug = slugify(name)[:60]
            if not slug:
                raise forms.ValidationError("A name needs a letter or a digit.")
            if Partnership.objects.filter(slug=slug).exists():
                raise forms.ValidationError("There is a partnership of that name already.")
            self.instance.slug = slug
        return name


class RoleForm(forms.Form):
    """A role, and the organisation that somebody in it acts for."""

    role = forms.ChoiceField(
        choices=ROLES,
        label="Role",
        help_text="Stewards look after the partnership. Contributors and providers bring the "
        "records of one organisation. Researchers may take data away. Members see what is shared.",
    )
    organisation = forms.CharField(
        required=False,
        label="Organisation they act for",
        help_text="For contributors and providers: its name, URN or UID.",
    )

    def __init__(self, *args: Any, landscape: Landscape, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.landscape = landscape

    def clean(self) -> dict[str, Any]:
        """Find the organisation, and check that it goes with the role."""
        given: dict[str, Any] = super().clean()
        acts = given.get("role") in {role.value for role in ACTS_FOR}
        named = given.get("organisation", "")
        if acts and not named:
            self.add_error("organisation", "Say which organisation they act for.")
        elif named and not acts:
            self.add_error("organisation", "Only contributors and providers act for one.")
        elif named:
            try:
                given["organisation"] = organisation_called(self.landscape, named)
            except HedgerowError as fault:
                self.add_error("organisation", str(fault))
        return given


class InvitationForm(RoleForm):
    """An invitation to somebody."""

    email = forms.EmailField(label="E-mail address")
    field_order = ("email", "role", "organisation")


class JoiningForm(forms.Form):
    """The name and password with which an account begins."""

    name = forms.CharField(max_length=120, label="Your name")
    password = forms.CharField(
        label="Choose a password",
        strip=False,  # as where one signs in: a blank at its end is part of it
        help_text="At least twelve characters; several words are easy to remember.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_password(self) -> str:
        """Check the password against the site's rules."""
        password: str = self.cleaned_data["password"]
        validate_password(password, User(email=self.email, name=self.data.get("name", "")))
        return password


class SharingForm(forms.Form):
    """How far an organisation shares each kind of its records."""

    def __init__(self, *args: Any, held: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in RecordKind:
            self.fields[kind.value] = forms.ChoiceField(
                label=kind.label,
                choices=[(level.value, level.label) for level in Level],
                initial=held[kind.value],
                widget=forms.RadioSelect,
            )
