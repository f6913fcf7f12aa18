"""The forms of owners: one for each kind of record, in sections that are saved as a draft."""

from events.techmart.forms.demands import DemandForm
from events.techmart.forms.experts import ExpertForm
from events.techmart.forms.offers import OfferForm
from events.techmart.forms.shared import RecordForm
from events.techmart.forms.small import CloseForm, ConsentsForm, NewForm, PictureForm, SendForm
from events.techmart.forms.suppliers import SupplierForm
from events.techmart.models import Demand, Expert, MarketRecord, Offer, Supplier

FORMS: dict[type[MarketRecord], type[RecordForm]] = {
    Offer: OfferForm,
    Demand: DemandForm,
    Expert: ExpertForm,
    Supplier: SupplierForm,
}

__all__ = [
    "FORMS",
    "CloseForm",
    "ConsentsForm",
    "DemandForm",
    "ExpertForm",
    "NewForm",
    "OfferForm",
    "PictureForm",
    "RecordForm",
    "SendForm",
    "SupplierForm",
]
