"""Owners write, send, take back; the live version stays; nobody's change is lost."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from portal.accounts import roles
from portal.accounts.models import Organisation
from portal.core import secrecy
from portal.core.extension_points import gather
from portal.core.models import Notice, SecrecyCheck
from portal.core.verdicts import Refused
from portal.pages.owned_records import Where, draft_of, where
from startups.directory.models import Need, ProfileStanding, Sector, Stage, StartupProfile
from startups.directory.reviewing import missing, send, take_back
from startups.directory.writing import save_draft, start
from tests.factories import core as files
from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory
from tests.factories.directory import approve, draft, owner_of, public, recognise, sent, stored
from tests.reading import page_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


def titles(user: Any) -> list[str]:
    return [str(task.title) for task in gather("portal_tasks", user)]


def kinds(user: Any) -> list[str]:
    return list(Notice.objects.filter(recipient=user).order_by("pk").values_list("kind", flat=True))


def change(profile: StartupProfile, by: Any, **facts: Any) -> None:
    written = draft_of(stored(profile))
    for name, value in facts.items():
        setattr(written, name, value)
    save_draft(written, written.draft_version, by)


def reject(profile: StartupProfile, editor: Any, comment: str) -> None:
    profile.current_workflow_task.on_action(
        profile.current_workflow_task_state, editor, "reject", comment=comment
    )


def test_a_profile_begins_with_what_is_known_of_the_organisation() -> None:
    organisation = OrganisationFactory(name="Công ty TNHH Bã Xanh", short_name="Bã Xanh")
    profile = start(organisation, owner_of(organisation))
    assert (profile.name, profile.live) == ("Bã Xanh", False)
    assert profile.standing.slug == "ba-xanh"
    assert start(organisation, owner_of(organisation)).pk == profile.pk
    assert StartupProfile.objects.count() == 1


def test_one_profile_an_organisation_whatever_the_code() -> None:
    profile = draft()
    other = StartupProfile.objects.create(name="Bản thứ hai")
    with pytest.raises(IntegrityError), transaction.atomic():
        ProfileStanding.objects.create(
            profile=other,
            organisation=profile.standing.organisation,
            slug="ban-thu-hai",
            started_by=profile.standing.started_by,
        )


def test_nobody_puts_an_incomplete_profile_live_whatever_the_code() -> None:
    profile = start(organisation := OrganisationFactory(), owner_of(organisation))
    with pytest.raises(IntegrityError), transaction.atomic():
        StartupProfile.objects.filter(pk=profile.pk).update(live=True)


def test_from_draft_to_the_public(editor: Any, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        profile = draft(name="Tưới Đúng")
        owner = owner_of(profile.standing.organisation)
        assert where(profile) == Where.DRAFT
        send(profile, owner)
        profile = stored(profile)
    assert where(profile) == Where.IN_REVIEW
    assert len(titles(editor)) == 1
    assert kinds(editor) == ["directory.waiting"]
    assert not StartupProfile.objects.public().exists()
    profile = approve(profile, editor)
    assert (where(profile), profile.name) == (Where.LIVE, "Tưới Đúng")
    assert profile.standing.slug == "tuoi-dung"
    assert kinds(owner) == ["directory.published"]
    check = SecrecyCheck.objects.get()
    assert (check.checked_by, check.title, check.page_id) == (editor, "Tưới Đúng", None)
    assert titles(editor) == []


def test_the_live_version_stays_while_an_edit_waits(editor: Any) -> None:
    profile = public(name="Chanh Zero", tagline="Bản đầu")
    owner = owner_of(profile.standing.organisation)
    change(profile, owner, tagline="Bản hai")
    profile = stored(profile)
    assert (profile.tagline, draft_of(profile).tagline) == ("Bản đầu", "Bản hai")
    assert where(profile) == Where.CHANGED
    send(profile, owner)
    assert StartupProfile.objects.public().get().tagline == "Bản đầu"
    assert approve(stored(profile), editor).tagline == "Bản hai"


def test_returned_with_the_editors_words(editor: Any) -> None:
    profile = sent()
    owner = owner_of(profile.standing.organisation)
    reject(profile, editor, "Xin nêu rõ khách hàng.")
    profile = stored(profile)
    assert where(profile) == Where.RETURNED
    notice = Notice.objects.get(recipient=owner, kind="directory.returned")
    assert "Xin nêu rõ khách hàng." in notice.body
    [task] = gather("portal_tasks", owner)
    assert task.urgent
    assert "Xin nêu rõ khách hàng." in str(task.detail)
    change(profile, owner, description="Khách hàng là 40 nhà vườn.")
    send(profile, owner)
    assert where(stored(profile)) == Where.IN_REVIEW
    assert gather("portal_tasks", owner) == []
    assert approve(stored(profile), editor).description == "Khách hàng là 40 nhà vườn."


def test_an_owner_takes_it_back(editor: Any) -> None:
    profile = sent()
    owner = owner_of(profile.standing.organisation)
    with pytest.raises(Refused) as held:
        change(profile, owner, tagline="Sửa lúc đang duyệt")
    assert held.value.code == "in_review"
    take_back(profile, owner)
    assert where(stored(profile)) == Where.DRAFT
    assert titles(editor) == []
    change(profile, owner, tagline="Sửa được")
    with pytest.raises(Refused) as not_there:
        take_back(stored(profile), owner)
    assert not_there.value.code == "not_in_review"


def test_a_stale_form_drops_nobodys_change() -> None:
    profile = draft()
    owner = owner_of(profile.standing.organisation)
    mate = UserFactory()
    MembershipFactory(user=mate, organisation=profile.standing.organisation)
    mine, theirs = draft_of(stored(profile)), draft_of(stored(profile))
    version = mine.draft_version
    theirs.tagline = "Của đồng nghiệp"
    save_draft(theirs, version, mate)
    mine.tagline = "Của tôi"
    with pytest.raises(Refused) as stale:
        save_draft(mine, version, owner)
    assert stale.value.code == "stale"
    assert draft_of(stored(profile)).tagline == "Của đồng nghiệp"


def test_an_autosave_over_the_same_revision_makes_a_form_stale(editor: Any) -> None:
    profile = draft()
    mine = draft_of(stored(profile))
    version = mine.draft_version
    revision = stored(profile).save_revision(user=editor)
    after_first = stored(profile).draft_version
    draft_of(stored(profile)).save_revision(user=editor, overwrite_revision=revision)
    assert len({version, after_first, stored(profile).draft_version}) == 3


def test_only_owners_send_and_members_write() -> None:
    profile = draft()
    mate, stranger = UserFactory(), UserFactory()
    MembershipFactory(user=mate, organisation=profile.standing.organisation)
    change(profile, mate, tagline="Đồng nghiệp viết")
    with pytest.raises(Refused) as member:
        send(stored(profile), mate)
    assert member.value.code == "not_owner"
    with pytest.raises(Refused) as outside:
        change(profile, stranger, tagline="Người lạ viết")
    assert outside.value.code == "not_member"


def test_what_is_missing_is_said_before_anything_is_sent() -> None:
    profile = start(organisation := OrganisationFactory(), owner_of(organisation))
    with pytest.raises(Refused) as incomplete:
        send(stored(profile), owner_of(organisation))
    assert set(incomplete.value.details) == {"tagline", "sector", "stage", "description"}
    named = draft(team=({"full_name": "Lê Văn Đồng Ý"},))
    assert [name for name, _text in missing(draft_of(named))] == ["team_agreed"]


def test_nothing_new_is_not_reviewed_again() -> None:
    profile = public()
    with pytest.raises(Refused) as nothing:
        send(profile, owner_of(profile.standing.organisation))
    assert nothing.value.code == "nothing_new"


def test_an_editor_does_not_approve_what_their_own_company_sent(editor: Any) -> None:
    organisation = OrganisationFactory(owner=editor)
    profile = sent(organisation)
    with pytest.raises(PermissionDenied):
        approve(profile, editor)
    assert not stored(profile).live
    assert titles(editor) == []
    assert approve(profile, UserFactory(editor=True)).live


def test_nothing_goes_live_without_the_tick(editor: Any) -> None:
    profile = sent()
    with pytest.raises(secrecy.NotChecked):
        profile.latest_revision.publish(user=editor)
    assert not stored(profile).live


def test_publishing_an_older_draft_keeps_recognition_and_owner(editor: Any) -> None:
    profile = public(tagline="Bản cũ")
    old = profile.live_revision
    recognition = recognise(profile)
    owner = owner_of(profile.standing.organisation)
    change(profile, owner, tagline="Bản mới")
    send(stored(profile), owner)
    approve(stored(profile), editor)
    other = OrganisationFactory()
    ProfileStanding.objects.filter(profile=profile).update(organisation=other)
    with secrecy.ticked_by(editor):
        old.publish(user=editor)
    profile = stored(profile)
    assert profile.tagline == "Bản cũ"
    assert list(profile.recognitions.all()) == [recognition]
    assert profile.standing.organisation == other


def test_a_public_address_never_changes(editor: Any) -> None:
    profile = public(name="Tên Một")
    owner = owner_of(profile.standing.organisation)
    change(profile, owner, name="Tên Hai")
    send(stored(profile), owner)
    assert approve(stored(profile), editor).standing.slug == "ten-mot"
    assert public(name="Tên Một").standing.slug == "ten-mot-2"


def test_taking_down_tells_the_owners(editor: Any) -> None:
    profile = public()
    owner = owner_of(profile.standing.organisation)
    profile.unpublish(user=editor)
    assert not StartupProfile.objects.public().exists()
    assert kinds(owner) == ["directory.published", "directory.taken_down"]


def test_tasks_cost_the_same_for_one_and_for_many(
    editor: Any, django_assert_max_num_queries: Any
) -> None:
    editor.groups.set([Group.objects.get(name=roles.EDITORS)])
    for _number in range(3):
        sent()
    with django_assert_max_num_queries(30):
        assert len(titles(editor)) == 3


class TestTheForm:
    """The pages of the workspace, without a script."""

    @pytest.fixture
    def organisation(self) -> Organisation:
        return OrganisationFactory(name="Công ty Sương Trảng")

    @pytest.fixture
    def client(self, organisation: Organisation, signed_in: Any) -> Any:
        return signed_in(owner_of(organisation))

    def address(self, name: str, organisation: Organisation) -> str:
        return reverse(f"directory:{name}", args=[organisation.pk])

    def facts(self, page: Any) -> dict[str, Any]:
        """What a browser would send back of the page's large form."""
        form = page.select_one("form[data-keep]")
        found: dict[str, Any] = {}
        for field in form.select("input[name], textarea[name]"):
            if field.get("type") in {"checkbox", "radio"}:
                if field.has_attr("checked"):
                    found.setdefault(field["name"], []).append(field.get("value", "on"))
            elif field.name == "textarea":
                found[field["name"]] = field.get_text()
            else:
                found[field["name"]] = field.get("value", "")
        for select in form.select("select[name]"):
            chosen = select.select_one("option[selected]")
            found[select["name"]] = chosen["value"] if chosen else ""
        return found

    def fill(self, client: Any, organisation: Organisation, **facts: Any) -> Any:
        page = page_of(client.get(self.address("edit", organisation)))
        return client.post(self.address("edit", organisation), {**self.facts(page), **facts})

    def begun(self, client: Any, organisation: Organisation) -> None:
        client.post(self.address("start", organisation))

    def complete(self) -> dict[str, Any]:
        return {
            "name": "Sương Trảng",
            "tagline": "Bánh tráng phơi sương bán trên mạng",
            "sector": Sector.objects.get(slug="thuong-mai-dien-tu").pk,
            "stage": Stage.objects.get(slug="co-khach-hang").pk,
            "description": "Chúng tôi gom bánh của 12 lò.",
            "needs": [Need.objects.get(slug="von").pk, Need.objects.get(slug="co-van").pk],
        }

    def test_from_the_page_of_the_organisation_to_review(
        self, client: Any, organisation: Organisation
    ) -> None:
        home = page_of(client.get(reverse("accounts:organisation", args=[organisation.pk])))
        first = self.address("profile", organisation)
        assert home.select_one(f'a[href="{first}"]')
        assert page_of(client.get(first)).select_one(f'form[action$="{first}start/"] button')
        answer = client.post(self.address("start", organisation))
        assert answer["Location"] == self.address("edit", organisation)
        added = self.fill(client, organisation, **self.complete(), then="products")
        assert added["Location"].endswith("/edit/#products")
        rows = {"products-0-name": "Bánh phơi sương", "then": "products"}
        self.fill(client, organisation, **rows)
        rows = {"products-1-name": "Hộp quà", "products-1-link": "sanpham.example"}
        rows |= {"team-0-full_name": "Ông Thị Mai", "team-0-role": "Sáng lập"}
        saved = self.fill(client, organisation, **rows, team_agreed="on")
        assert saved["Location"] == first
        written = draft_of(StartupProfile.objects.get())
        assert [one.name for one in written.products.all()] == ["Bánh phơi sương", "Hộp quà"]
        assert written.products.all()[1].link == "https://sanpham.example"
        assert {need.slug for need in written.needs.all()} == {"von", "co-van"}
        assert [one.full_name for one in written.team.all()] == ["Ông Thị Mai"]
        shown = page_of(client.get(first))
        assert shown.select_one('form[action$="/send/"] button')
        client.post(self.address("send", organisation))
        assert where(StartupProfile.objects.get()) == Where.IN_REVIEW
        assert not page_of(client.get(first)).select_one('form[action$="/send/"]')
        assert client.get(self.address("edit", organisation))["Location"] == first
        client.post(self.address("take_back", organisation))
        assert where(StartupProfile.objects.get()) == Where.DRAFT

    def test_a_row_is_taken_out(self, client: Any, organisation: Organisation) -> None:
        self.begun(client, organisation)
        self.fill(client, organisation, **self.complete(), **{"products-0-name": "Bánh"})
        self.fill(client, organisation, **{"products-0-DELETE": "on"})
        assert not draft_of(StartupProfile.objects.get()).products.exists()

    def test_a_stale_form_keeps_what_was_typed_and_says_so(
        self, client: Any, organisation: Organisation
    ) -> None:
        self.begun(client, organisation)
        page = page_of(client.get(self.address("edit", organisation)))
        old = {**self.facts(page), **self.complete()}
        self.fill(client, organisation, **{**self.complete(), "tagline": "Của đồng nghiệp"})
        answer = page_of(client.post(self.address("edit", organisation), old))
        assert answer.select_one("#id_tagline")["value"] == old["tagline"]
        assert answer.select_one(".error-summary li")
        assert words(answer.select_one(".error-summary"))
        assert draft_of(StartupProfile.objects.get()).tagline == "Của đồng nghiệp"

    def test_what_is_wrong_is_said_at_its_field(
        self, client: Any, organisation: Organisation
    ) -> None:
        self.begun(client, organisation)
        wrong = {
            **self.complete(),
            "tagline": "",
            "founded_year": "2999",
            "website": "javascript:alert(1)",
            "unit": "Xã Không Có",
            "show_email": "on",
            "phone": "12",
        }
        page = page_of(self.fill(client, organisation, **wrong))
        refused = {link["href"] for link in page.select(".error-summary a")}
        for name in ("tagline", "founded_year", "website", "unit", "email", "phone"):
            assert f"#id_{name}" in refused, name
        page = page_of(
            self.fill(client, organisation, **self.complete(), **{"team-0-role": "Vô danh"})
        )
        assert page.select_one(".error-summary a")["href"] == "#id_team-0-full_name"

    @pytest.mark.parametrize("count", ["1000", "999999999999", "abc"])
    def test_counts_that_no_browser_sends(
        self, client: Any, organisation: Organisation, count: str
    ) -> None:
        self.begun(client, organisation)
        answer = self.fill(
            client, organisation, **self.complete(), **{"products-TOTAL_FORMS": count}
        )
        assert answer.status_code in {200, 400}
        assert draft_of(StartupProfile.objects.get()).tagline == ""

    def test_a_logo_is_cleaned_and_stays_in_the_draft(
        self, client: Any, organisation: Organisation
    ) -> None:
        self.begun(client, organisation)
        profile = StartupProfile.objects.get()
        picture = files.picture("PNG")
        sent_file = {
            "logo-logo": SimpleUploadedFile("logo.png", picture),
            "logo-alt": "Giọt sương trên lá",
            "logo-version": profile.draft_version,
        }
        client.post(self.address("logo", organisation), sent_file)
        profile = stored(profile)
        written = draft_of(profile)
        assert profile.logo is None
        assert written.logo_alt == "Giọt sương trên lá"
        assert written.logo.uploaded_by_user == owner_of(organisation)
        client.post(self.address("remove_logo", organisation))
        assert draft_of(stored(profile)).logo is None

    @pytest.mark.parametrize("content", [b"", b"<svg onload=x>", b"%PDF-1.4"])
    def test_what_is_no_picture_is_refused(
        self, client: Any, organisation: Organisation, content: bytes
    ) -> None:
        self.begun(client, organisation)
        profile = StartupProfile.objects.get()
        upload = SimpleUploadedFile("logo.png", content)
        facts = {"logo-logo": upload, "logo-version": profile.draft_version}
        answer = client.post(self.address("logo", organisation), facts, follow=True)
        assert draft_of(stored(profile)).logo is None
        assert b"message" in answer.content

    def test_the_preview_shows_the_draft_and_nobody_else_sees_it(
        self, client: Any, organisation: Organisation, signed_in: Any
    ) -> None:
        self.begun(client, organisation)
        self.fill(client, organisation, **self.complete())
        page = page_of(client.get(self.address("preview", organisation)))
        assert page.select_one("h1").get_text() == "Sương Trảng"
        assert page.select_one("meta[name=robots]")["content"] == "noindex"
        assert page.select_one(".notice")
        stranger = signed_in(UserFactory())
        for name in ("profile", "edit", "preview"):
            assert stranger.get(self.address(name, organisation)).status_code == 404
        for name in ("start", "edit", "logo", "remove_logo", "send", "take_back"):
            assert stranger.post(self.address(name, organisation)).status_code == 404
