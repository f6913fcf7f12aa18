"""Beginning a record, a picture, the declaration before sending, closing, consents."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.techmart.agreeing import Consent
from events.techmart.models import DemandEnd, Term, TermList
from portal.accounts.models import Organisation
from portal.core.forms import LineField, VersionField


class NewForm(forms.Form):
    """What is begun, in whose name, and what it is called."""

    organisation = forms.ModelChoiceField(
        label=_("In the name of"), queryset=Organisation.objects.none(), empty_label=None
    )
    kind = forms.ModelChoiceField(
        label=_("Kind of offer"), queryset=Term.objects.none(), empty_label=_("Choose one")
    )
    title = LineField(
        label=_("Name of the technology"),
        max_length=200,
        help_text=_("What it is and what it does: “Máy băm lá mía giữ ẩm cho đất”."),
    )

    def __init__(
        self, route: str, organisations: Sequence[Organisation], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["organisation"]
        keys = [one.pk for one in organisations]
        chosen.queryset = Organisation.objects.filter(pk__in=keys).order_by("folded_name")
        kinds: Any = self.fields["kind"]
        kinds.queryset = Term.objects.of(TermList.OFFER_KIND).filter(offered=True)
        kinds.label_from_instance = lambda term: term.local_label
        if route != "offer":
            del self.fields["kind"]
        if route == "demand":
            self.fields["title"].label = _("Name of the demand")
            self.fields["title"].help_text = _(
                "The problem in a few words: “Xử lý nước thải mì mùa mưa”."
            )
        if route in ("supplier", "expert"):
            del self.fields["title"]
        if route == "expert":
            del self.fields["organisation"]


class PictureForm(forms.Form):
    """A file has a form of its own: a refused form cannot refill it."""

    version = VersionField()
    picture = forms.FileField(
        label=_("Picture file"),
        help_text=_("PNG, JPEG or WebP, up to 5 MB. Place and device are taken out of it."),
    )
    alt = LineField(
        label=_("What the picture shows"),
        max_length=150,
        help_text=_("For people who do not see it: “Máy băm lá mía trên ruộng ở Châu Thành”."),
    )
    caption = LineField(label=_("Caption"), max_length=200, required=False)


class SendForm(forms.Form):
    declared = forms.BooleanField(
        label=_(
            "I declare that we may offer this, that what is said is true, and that it holds no "
            "state secret and no secret of others."
        ),
        required=False,
    )


class CloseForm(forms.Form):
    """Why it is closed; only a demand says what became of it."""

    ended_as = forms.ChoiceField(
        label=_("What became of it"),
        choices=[("", _("Choose one")), *DemandEnd.choices],
    )
    note = LineField(label=_("About its end"), max_length=300, required=False)

    def __init__(self, is_demand: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_demand:
            self.fields.clear()


class ConsentsForm(forms.Form):
    """A tick for each consent; none is ticked that was not given."""

    def __init__(self, consents: Sequence[Consent], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in consents:
            self.fields[one.name] = forms.BooleanField(
                label=one.text.local_title,
                help_text=one.text.local_body,
                required=False,
                initial=one.agreed,
            )

    @property
    def wanted(self) -> list[str]:
        return [name for name in self.fields if self.cleaned_data.get(name)]
