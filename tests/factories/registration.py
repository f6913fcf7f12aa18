"""Registering for events in tests: `SignUpFactory(event=…, capacity=2)`, `registered(sign_up)`."""

from datetime import timedelta
from itertools import count
from typing import Any

import factory

from events.programme.models import Certificate, Registration, SignUp, SignUpQuestion
from events.programme.registration import admitting, certifying, registering
from events.programme.registration.registering import Guest
from portal.core import clock
from tests.factories.accounts import UserFactory
from tests.factories.programme import EventFactory

_numbers = count(1)


class SignUpFactory(factory.django.DjangoModelFactory):
    """Fifty seats, open until the event begins."""

    class Meta:
        model = SignUp

    event = factory.SubFactory(EventFactory)
    capacity = 50


class SignUpQuestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SignUpQuestion

    sign_up = factory.SubFactory(SignUpFactory)
    key = factory.Sequence(lambda n: f"cau-{n}")
    label = factory.Sequence(lambda n: f"Câu hỏi số {n}")


def guest(**facts: Any) -> Guest:
    number = next(_numbers)
    wanted = {"name": f"Khách Thứ {number}", "email": f"khach{number}@demo.example"}
    return Guest(**(wanted | {"support_agreed": "support" in facts} | facts))


def registered(sign_up: SignUp, **facts: Any) -> Registration:
    """Somebody with an account registers."""
    person = facts.pop("person", None) or UserFactory()
    who = guest(name=person.full_name or "Khách", email=person.email, **facts)
    return registering.register(fresh(sign_up), who, person=person)


def fresh(sign_up: SignUp) -> SignUp:
    return SignUp.objects.select_related("event").get(pk=sign_up.pk)


def certified() -> Certificate:
    """Of an event that is over, for somebody who came."""
    officer = UserFactory(officer=True)
    event = EventFactory()
    came = registered(SignUpFactory(event=event))
    event.starts, event.ends = clock.now() - timedelta(hours=4), clock.now() - timedelta(hours=1)
    event.save(update_fields=["starts", "ends"])
    admitting.admit(Registration.objects.drawn().get(pk=came.pk), by=officer)
    [made] = certifying.issue(fresh(came.sign_up), by=officer)
    return made
