"""What the market shows (offers, demands, experts, suppliers) and the words that describe it."""

from events.techmart.models.connections import (
    ConnectionEvent,
    ConnectionMessage,
    ConnectionRequest,
    MessageFile,
    Need,
    NeedSuggestion,
)
from events.techmart.models.demands import Demand, DemandEnd, DemandStanding
from events.techmart.models.experts import Expert, ExpertStanding
from events.techmart.models.importing import ImportedRow, ImportRun
from events.techmart.models.kinds import Shape, details_of
from events.techmart.models.offers import (
    IpRight,
    Offer,
    OfferPicture,
    OfferReference,
    OfferSpec,
    OfferStanding,
    PriceKind,
)
from events.techmart.models.outcomes import Outcome, OutcomeCorrection
from events.techmart.models.pages import MarketPage
from events.techmart.models.shared import Freshness, MarketRecord, Standing, Verification
from events.techmart.models.suppliers import Supplier, SupplierCertificate, SupplierStanding
from events.techmart.models.terms import Term, TermList
from events.techmart.models.trust import ProblemReport, SavedSearch, VerificationStep
from events.techmart.models.words import IndexedOffer, OfferPosting

__all__ = [
    "ConnectionEvent",
    "ConnectionMessage",
    "ConnectionRequest",
    "Demand",
    "DemandEnd",
    "DemandStanding",
    "Expert",
    "ExpertStanding",
    "Freshness",
    "ImportRun",
    "ImportedRow",
    "IndexedOffer",
    "IpRight",
    "MarketPage",
    "MarketRecord",
    "MessageFile",
    "Need",
    "NeedSuggestion",
    "Offer",
    "OfferPicture",
    "OfferPosting",
    "OfferReference",
    "OfferSpec",
    "OfferStanding",
    "Outcome",
    "OutcomeCorrection",
    "PriceKind",
    "ProblemReport",
    "SavedSearch",
    "Shape",
    "Standing",
    "Supplier",
    "SupplierCertificate",
    "SupplierStanding",
    "Term",
    "TermList",
    "Verification",
    "VerificationStep",
    "details_of",
]
