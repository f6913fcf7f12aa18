"""The demo's technology market: what is offered and wanted, who advises, who supplies."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from wagtail.images import get_image_model

from events.techmart import reviewing, verifying, writing
from events.techmart.models import (
    Demand,
    Expert,
    IpRight,
    MarketPage,
    MarketRecord,
    Offer,
    OfferPicture,
    OfferReference,
    OfferSpec,
    Supplier,
    SupplierCertificate,
    Term,
)
from portal.accounts.models import Organisation, User
from portal.core import clock
from portal.core.models import AdministrativeUnit
from portal.core.text import slugify
from portal.demo.content import market as words
from portal.demo.content.market_offers import MILLION, OFFERS
from portal.demo.content.market_offers import Offer as OfferWords
from portal.demo.diagrams import draw_steps
from portal.demo.site import add_page, translate
from portal.pages import owned_records
from portal.pages.models import HomePage
from portal.pages.owned_records import draft_of, keep_draft

VERIFIED_AFTER = timedelta(days=5)


def make_market_page(home: HomePage) -> None:
    """The public page in two languages."""
    page = add_page(home, MarketPage, **words.INDEX["vi"], show_in_menus=True)
    translate(page, **words.INDEX["en"], show_in_menus=True)


def make_records(people: dict[str, User], today: datetime) -> None:
    """Every record at the day on which its owner began it, the oldest first."""
    maker = _Maker(
        people,
        today,
        {unit.full_name: unit for unit in AdministrativeUnit.objects.communes()},
        {(term.list, term.slug): term for term in Term.objects.all()},
    )
    everything: list[tuple[int, Callable[[], None]]] = [
        *((one.days, partial(maker.supplier, one)) for one in words.SUPPLIERS),
        *((one.days, partial(maker.offer, one)) for one in OFFERS),
        *((one.days, partial(maker.demand, one)) for one in words.DEMANDS),
        *((one.days, partial(maker.expert, one)) for one in words.EXPERTS),
    ]
    for days, make in sorted(everything, key=lambda entry: -entry[0]):
        with clock.held_at(today - timedelta(days=days)):
            make()


@dataclass(frozen=True, slots=True)
class _Maker:
    people: dict[str, User]
    today: datetime
    units: dict[str, AdministrativeUnit]
    terms: dict[tuple[str, str], Term]

    def offer(self, told: OfferWords) -> None:
        owner = self.people[told.owner]
        low, high, per = told.price or (None, None, "")
        reckoned, *amounts = told.economy or ("", None, None, None, None)
        investment, before, after, gain = (_money(amount) for amount in amounts)
        kind = "negotiable" if low is None else "fixed" if low == high else "range"
        offer = writing.start(
            Offer(
                title=told.title,
                kind=self._term("offer_kind", told.kind),
                problem=told.problem,
                summary=told.summary,
                advantages=told.advantages,
                stage=self._term("stage", told.stage),
                trl=told.trl,
                ip_status=self._term("ip_status", told.ip),
                unit=self.units[told.commune],
                price_kind=kind,
                price_min=_money(low),
                price_max=_money(high),
                price_unit=per,
                economy_unit=reckoned,
                investment=investment,
                yearly_cost_before=before,
                yearly_cost_after=after,
                yearly_gain=gain,
                details=told.details,
                ownership=self._term("ownership", "chu-so-huu"),
                **_contact(owner),
                **told.more,
            ),
            Organisation.objects.get(memberships__user=owner),
            owner,
            anonymous=told.anonymous,
        )
        draft = self._with_words(
            offer,
            fields=told.fields,
            sectors=told.sectors,
            crops=told.crops,
            transfer_forms=told.forms,
            transfer_methods=told.methods,
        )
        draft.specs = [
            OfferSpec(name=name, value=value, unit=unit) for name, value, unit in told.specs
        ]
        draft.references = [
            OfferReference(
                user_name=user,
                unit=self.units[commune],
                year=self.today.year - years,
                outcome=outcome,
                may_be_named=named,
            )
            for user, commune, years, outcome, named in told.references
        ]
        draft.ip_rights = [
            IpRight(kind=self._term("ip_right", right), application_number=applied, grant_number=no)
            for right, applied, no in told.rights
        ]
        if steps := words.STEPS_OF.get(told.title):
            draft.pictures = [_picture(told.title, steps)]
        self._go_on(draft, owner, told.where)
        confirmed = told.days if told.confirmed is None else told.confirmed
        self._stand(offer, confirmed, told.verification)

    def demand(self, told: words.Demand) -> None:
        owner = self.people[told.owner]
        low, high = told.budget or (None, None)
        demand = writing.start(
            Demand(
                title=told.title,
                problem=told.problem,
                unit=self.units[told.commune],
                budget_min=_money(low),
                budget_max=_money(high),
                budget_shown=told.budget is not None,
                needed_by=self._day_in(told.needed_in_days),
                **_contact(owner),
                **told.more,
            ),
            Organisation.objects.get(memberships__user=owner),
            owner,
        )
        draft = self._with_words(
            demand,
            fields=told.fields,
            sectors=told.sectors,
            crops=told.crops,
            cooperation=told.cooperation,
        )
        self._go_on(draft, owner, told.where)

    def _day_in(self, days: int | None) -> date | None:
        return (self.today + timedelta(days=days)).date() if days else None

    def expert(self, told: words.Expert) -> None:
        """Those without an account were entered by the officer, as they agreed to."""
        person = self.people.get(told.login)
        consents = {f"{name}_agreed": True for name in ("listed", *told.agreed)}
        email = f"{slugify(told.full_name).replace('-', '.')}@demo.example"
        expert = writing.start(
            Expert(
                full_name=told.full_name,
                rank=self._term("rank", told.rank),
                degree=self._term("degree", told.degree),
                position=told.position,
                workplace=told.workplace,
                unit=self.units[told.commune],
                advises_on=told.advises_on,
                email=person.email if person else email,
                **told.more,
            ),
            None,
            person or self.people["chuyenvien"],
            person=person,
            **consents,
        )
        draft = self._with_words(
            expert,
            fields=told.fields,
            crops=told.crops,
            expert_role=told.roles,
            language=told.languages,
        )
        self._go_on(draft, person or self.people["chuyenvien"], told.where)

    def supplier(self, told: words.Supplier) -> None:
        owner = self.people[told.owner]
        organisation = Organisation.objects.get(memberships__user=owner)
        supplier = writing.start(
            Supplier(
                name=organisation.name,
                about=told.about,
                products=told.products,
                founded_year=self.today.year - told.founded_years,
                size=told.size,
                unit=organisation.unit,
                phone=owner.phone,
                email=owner.email,
                **told.more,
            ),
            organisation,
            owner,
        )
        draft = self._with_words(supplier, fields=told.fields)
        draft.certificates = [
            SupplierCertificate(kind=self._term("certificate", kind), number=number, issuer=issuer)
            for kind, number, issuer in told.certificates
        ]
        self._go_on(draft, owner, told.where)

    def _term(self, which: str, slug: str) -> Term | None:
        return self.terms[which, slug] if slug else None

    def _with_words(self, record: Any, **chosen: Iterable[str]) -> Any:
        """The draft with its words; each list of words is named by its column or by itself."""
        draft = draft_of(record)
        for name, slugs in chosen.items():
            column = {"expert_role": "roles", "language": "languages"}.get(name, name)
            which = _LISTS.get(name, name)
            setattr(draft, column, [self.terms[which, slug] for slug in slugs])
        return draft

    def _go_on(self, draft: MarketRecord, owner: User, where: str) -> None:
        keep_draft(draft, owned_records.locked(draft), owner)
        record = type(draft)._base_manager.select_related("latest_revision").get(pk=draft.pk)
        if where == "live":
            record.latest_revision.publish()
        elif where != "draft":
            reviewing.send(record, owner, declared=True)
        if where == "returned":
            record.current_workflow_task.on_action(
                record.current_workflow_task_state,
                self.people["chuyenvien"],
                "reject",
                comment=words.COMMENT,
            )

    def _stand(self, record: MarketRecord, confirmed_days_ago: int, verification: str) -> None:
        """When its owner last confirmed it, and how far others vouch for it."""
        standings = type(record.standing)._base_manager.filter(
            pk=record.standing.pk, last_confirmed_at__isnull=False
        )
        standings.update(last_confirmed_at=self.today - timedelta(days=confirmed_days_ago))
        if verification == "declared":
            return
        institution, evidence = words.CHECKS[verification]
        with clock.held_at(min(clock.now() + VERIFIED_AFTER, self.today)):
            verifying.verify(
                record,
                self.people["chuyenvien"],
                verification,
                evidence=evidence,
                institution=institution,
                on_day=clock.today(),
            )


_LISTS = {
    "fields": "field",
    "sectors": "sector",
    "crops": "crop",
    "transfer_forms": "transfer_form",
    "transfer_methods": "transfer_method",
}


def _money(millions: float | None) -> int | None:
    return None if millions is None else round(millions * MILLION)


def _contact(owner: User) -> dict[str, Any]:
    return {
        "contact_name": owner.full_name,
        "contact_phone": owner.phone,
        "contact_email": owner.email,
    }


def _picture(title: str, steps: tuple[str, ...]) -> OfferPicture:
    drawn = ContentFile(draw_steps(steps), name=f"{slugify(title)[:50]}.png")
    image = get_image_model().objects.create(title=title, file=ImageFile(drawn, drawn.name))
    return OfferPicture(image=image, alt=f"Sơ đồ: {' → '.join(steps)}", caption="Sơ đồ minh họa")
