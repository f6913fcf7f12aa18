"""The base of every page."""

from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.panels import FieldPanel
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.fields import StreamField
from wagtail.models import Page, PageViewRestriction, Revision
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail.utils.decorators import cached_classmethod

from portal.core import frame, secrecy
from portal.core.admin_slugs import VietnameseSlugInput
from portal.core.blocks import block_pictures
from portal.core.going_live import ChecksGoingLive
from portal.core.page_cache.parts import kept_part
from portal.core.secrecy_panel import SecrecyPanel
from portal.core.text import fold, nfc, slugify

SHARE_RENDITION = "fill-1200x630|format-jpeg"

SUMMARY_PANEL = FieldPanel("summary", widget=AdminAutoHeightTextInput())
"""Grows with what is written: a single line hides the end of its one or two sentences."""

FALLBACK_SLUG = "trang"
"""For a title without a single letter or digit."""


class BasePageForm(ChecksGoingLive, WagtailAdminPageForm):
    """Keeps the title in composed Unicode, and fills an empty slug by Vietnamese rules.

    Wagtail fills it in the browser; without scripts it would ask for one. Whoever publishes has
    to tick that the page holds no state secret; drafts and what is sent for review need no tick.
    """

    no_state_secret = secrecy.Tick(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        if title := self.cleaned_data.get("title"):
            self.cleaned_data["title"] = nfc(title)
            if "slug" in self.fields and not self.cleaned_data.get("slug"):
                self.cleaned_data["slug"] = self._free_slug(title)
        cleaned: dict[str, Any] = super().clean()
        self.clean_going_live()
        return cleaned

    def may_publish(self) -> bool:
        """May this editor publish the page, or a new one below its parent? As Wagtail asks."""
        if self.for_user is None:
            return False
        if self.instance.pk:
            return bool(self.instance.permissions_for_user(self.for_user).can_publish())
        parent = self.parent_page.permissions_for_user(self.for_user)
        return bool(parent.can_publish_subpage())

    def _free_slug(self, title: str) -> str:
        wanted = slugify(title)[:240] or FALLBACK_SLUG
        slug, number = wanted, 1
        while not Page._slug_is_available(slug, self.parent_page, self.instance):
            number += 1
            slug = f"{wanted}-{number}"
        return slug


class BaseCopyForm(CopyForm):
    """Copying a page: the new slug is made by Vietnamese rules too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_slug"].widget = VietnameseSlugInput(locale=self.page.locale)
        self.fields.pop("publish_copies", None)  # a copy is a draft until it is ticked itself


class PublicPages(PageQuerySet):
    """Pages for lists that everybody sees; which branches are private is asked once for all."""

    def private_q(self) -> Q:
        """See Wagtail's, which asks the database for each list of a page."""
        found = kept_part(("private branches",), _private_branches)
        return reduce(or_, (Q(path__startswith=path) for path in found), Q(pk__in=[]))


def _private_branches() -> list[str]:
    return list(PageViewRestriction.objects.values_list("page__path", flat=True))


class BasePage(Page):
    """What every page of the portal is: a title, a summary for lists, a picture for sharing."""

    summary = models.CharField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences, shown in lists, in search and when shared."),
    )
    share_image = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture for sharing"),
    )

    many_of_them = False
    """Told in the site map by the list they stand in, not one by one."""
    shown_publicly: bool | tuple[str, ...] = True
    base_form_class = BasePageForm
    search_kind = "page"
    copy_form_class = BaseCopyForm
    promote_panels = [
        *Page.promote_panels,
        FieldPanel("share_image"),
    ]
    # One folded copy of the words, so that "doi moi" finds "Đổi mới" on both databases.
    search_fields = [*Page.search_fields, index.SearchField("folded_text")]

    class Meta:
        abstract = True

    def _set_core_field_defaults(self) -> None:
        # Wagtail drops đ when it makes a slug; ours stands before it looks. Both of its ways of
        # validating (a draft's and a live page's) pass here.
        parent_is_known = bool(self.path or getattr(self, "_cached_parent_obj", None))
        if not self.slug and self.title and parent_is_known:  # type: ignore[has-type]
            self.slug = self._get_autogenerated_slug(slugify(self.title)[:240] or FALLBACK_SLUG)
        super()._set_core_field_defaults()

    @cached_classmethod
    def get_edit_handler(cls) -> Any:  # noqa: N805
        handler = super().get_edit_handler()
        handler.children[0].children.append(SecrecyPanel().bind_to_model(cls))
        return handler

    def save(self, *args: Any, **kwargs: Any) -> None:
        # A write of some fields only (a page's place, its lock) puts no words live.
        if kwargs.get("update_fields") is None:
            secrecy.pass_gate(self)
        super().save(*args, **kwargs)

    def publish(self, revision: Revision, user: Any = None, *args: Any, **kwargs: Any) -> None:
        with secrecy.in_the_name_of(user):
            super().publish(revision, user, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["portal_languages"] = frame.language_links(request, self)
        context["untranslated_page"] = frame.asked_for(request)
        context["crumbs"] = frame.breadcrumbs(self, request)
        context["meta_description"] = self.search_description or self.summary
        context["canonical_url"] = self.full_url
        return context

    @property
    def folded_text(self) -> str:
        return fold(f"{self.title} {self.summary} {self.body_text()}")

    def body_text(self) -> str:
        """Plain text of the page's body; pages with a body override it."""
        return ""

    @property
    def shown_day(self) -> datetime | None:
        """The day that search tells; pages that carry a date of their own override it."""
        return self.first_published_at

    def search_things(self) -> list[str] | None:
        """What search looks at again when this page changes; None for everything there is."""
        return [f"page:{self.translation_key}"]

    def structured_data(self, request: HttpRequest) -> list[dict[str, Any]]:
        """What machines are told of this page, as things of schema.org."""
        return []

    def pictures(self) -> list[tuple[Any, str]]:
        """Images of this page, each with the rendition its templates ask for.

        They are made when the page is published, so that no reader waits for them.
        """
        found = [(self.share_image, SHARE_RENDITION)] if self.share_image else []
        for stream in self._meta.get_fields():
            if isinstance(stream, StreamField):
                found += block_pictures(getattr(self, stream.name))
        return found
