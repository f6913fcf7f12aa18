"""People and organisations: `UserFactory(officer=True)`, `OrganisationFactory(owner=person)`."""

from typing import Any

import factory
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory

from portal.accounts import roles
from portal.accounts.models import Membership, Organisation, User

PASSWORD = "TayNinh-demo-2026"


class UserFactory(DjangoModelFactory):
    """A person with a confirmed address and `PASSWORD`, without any role."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"nguoi{n}@demo.example")
    full_name = factory.Sequence(lambda n: f"Nguyễn Văn Thử {n}")
    language = "vi"

    class Params:
        administrator = factory.Trait(role=roles.ADMINISTRATORS)
        director = factory.Trait(role=roles.DIRECTORS)
        editor = factory.Trait(role=roles.EDITORS)
        officer = factory.Trait(role=roles.OFFICERS)
        front_desk = factory.Trait(role=roles.FRONT_DESK)
        contributor = factory.Trait(role=roles.CONTRIBUTORS)

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        role = kwargs.pop("role", None)
        password = kwargs.pop("password", PASSWORD)
        confirmed = kwargs.pop("confirmed", True)
        user = User.objects.create_user(password=password, **kwargs)
        EmailAddress.objects.create(user=user, email=user.email, verified=confirmed, primary=True)
        if role:
            user.groups.add(Group.objects.get(name=role))
        return user


class OrganisationFactory(DjangoModelFactory):
    """An enterprise with an owner: `owner=` a person, else one is made."""

    class Meta:
        model = Organisation
        skip_postgeneration_save = True

    kind = Organisation.Kind.ENTERPRISE
    name = factory.Sequence(lambda n: f"Công ty TNHH Thử nghiệm {n}")
    tax_code = ""

    class Params:
        household = factory.Trait(
            kind=Organisation.Kind.HOUSEHOLD,
            name=factory.Sequence(lambda n: f"Hộ kinh doanh Bà Tư {n}"),
            tax_code=factory.Sequence(lambda n: f"0720900{n + 12345:05d}"),
        )

    @classmethod
    def _create(cls, model_class: type[Organisation], *args: Any, **kwargs: Any) -> Organisation:
        owner = kwargs.pop("owner", None) or UserFactory()
        kwargs.setdefault("created_by", owner)
        organisation = Organisation.objects.create(**kwargs)
        MembershipFactory(user=owner, organisation=organisation, role=Membership.Role.OWNER)
        return organisation


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Membership.Role.MEMBER
    state = Membership.State.ACTIVE
