"""The owner's form of a profile with rows for products and people, and the form of its logo."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import ClusterForm

from portal.accounts.forms.organisations import NamedUnitField
from portal.core import clock
from portal.core.forms import LineField, PhoneField, TextField, VersionField, web_address
from portal.core.row_forms import refuse_counts_no_browser_sends, rows
from startups.directory.models import Need, Product, StartupProfile, TeamMember

MOST_PRODUCTS = 12
MOST_PEOPLE = 20


class ProductForm(forms.ModelForm):
    name = LineField(label=_("Product or service"), max_length=120)
    name_en = LineField(label=_("Its name in English"), max_length=120, required=False)
    summary = LineField(label=_("What it does"), max_length=400, required=False)
    summary_en = LineField(label=_("What it does, in English"), max_length=400, required=False)
    link = web_address(_("Link to it"))

    class Meta:
        model = Product
        fields = ["name", "name_en", "summary", "summary_en", "link"]


class MemberForm(forms.ModelForm):
    full_name = LineField(label=_("Full name"), max_length=150)
    role = LineField(label=_("Role in the startup"), max_length=120, required=False)
    role_en = LineField(label=_("Role in English"), max_length=120, required=False)

    class Meta:
        model = TeamMember
        fields = ["full_name", "role", "role_en"]


class ProfileForm(ClusterForm):
    """What owners write. It never saves: `writing.save_draft` keeps what it has filled in."""

    version = VersionField()
    name = LineField(label=_("Name of the startup"), max_length=120)
    name_en = LineField(label=_("Name in English"), max_length=120, required=False)
    tagline = LineField(
        label=_("Tagline"), max_length=160, help_text=_("What you do, in one sentence.")
    )
    tagline_en = LineField(label=_("Tagline in English"), max_length=160, required=False)
    unit = NamedUnitField(
        label=_("Commune or ward"),
        required=False,
        max_length=300,
        help_text=_("Start typing the name, with or without accents."),
    )
    website = web_address(_("Website"))
    phone = PhoneField(label=_("Work phone"), required=False)
    needs = forms.ModelMultipleChoiceField(
        label=_("Looking for"),
        queryset=Need.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = StartupProfile
        fields = [
            *("name", "tagline", "sector", "stage", "founded_year", "unit", "description"),
            *("problem", "solution", "results", "needs", "website"),
            *("email", "show_email", "phone", "show_phone", "team_agreed"),
            *("name_en", "tagline_en", "description_en", "problem_en", "solution_en"),
            "results_en",
        ]
        field_classes = {
            name: TextField
            for name in (
                *("description", "problem", "solution", "results"),
                *("description_en", "problem_en", "solution_en", "results_en"),
            )
        }
        widgets = {"founded_year": forms.TextInput(attrs={"inputmode": "numeric"})}
        formsets = {
            "products": rows(ProductForm, MOST_PRODUCTS),
            "team": rows(MemberForm, MOST_PEOPLE),
        }

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        refuse_counts_no_browser_sends(data, ("products", "team"), MOST_PEOPLE)
        super().__init__(data, *args, **kwargs)
        self.fields["version"].initial = self.instance.draft_version
        for name in ("sector", "stage"):
            words: Any = self.fields[name]
            words.required = True
            words.empty_label = str(_("Choose one"))
            words.label_from_instance = lambda word: word.local_label
        needs: Any = self.fields["needs"]
        needs.label_from_instance = lambda word: word.local_label

    def clean_founded_year(self) -> int | None:
        year: int | None = self.cleaned_data["founded_year"]
        if year and year > clock.today().year:
            raise forms.ValidationError(_("This year has not come yet."))
        return year

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for shown, name in (("show_email", "email"), ("show_phone", "phone")):
            if cleaned.get(shown) and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("There is nothing to show yet."))
        return cleaned


class LogoForm(forms.Form):
    """A file has a form of its own: a refused form cannot refill it."""

    version = VersionField()
    logo = forms.FileField(label=_("Picture file"), help_text=_("PNG, JPEG or WebP, up to 2 MB."))
    alt = LineField(
        label=_("What the logo shows"),
        max_length=150,
        required=False,
        help_text=_("For people who do not see it. Empty: the name alone."),
    )
