"""A person's notices and what they want mailed; the demo's outbox."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import ListView, TemplateView

from portal.core import noticing
from portal.core.models import Notice, NoticePreference, SentMail


class NoticeList(LoginRequiredMixin, ListView):
    """All notices of this person, newest first."""

    template_name = "core/notices.html"
    context_object_name = "notices"
    paginate_by = 30

    def get_queryset(self) -> QuerySet[Notice]:
        return Notice.objects.filter(recipient=self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        unread = self.get_queryset().filter(read_at__isnull=True).count()
        return super().get_context_data(unread=unread, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Mark everything as read."""
        noticing.mark_all_read(request.user)
        messages.success(request, _("All notices are marked as read."))
        return redirect("core:notices")


@login_required
@require_safe
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one notice as read and go where it points."""
    notice = get_object_or_404(Notice, pk=pk, recipient=request.user)
    noticing.mark_read(notice)
    own = {request.get_host(), settings.SITE_URL.split("://", 1)[-1]}
    if notice.url and url_has_allowed_host_and_scheme(notice.url, own):
        return redirect(notice.url)
    return render(request, "core/notice.html", {"notice": notice})


class NoticePreferences(LoginRequiredMixin, TemplateView):
    """Which kinds of notice come by mail too. Receipts and decisions always do."""

    template_name = "core/notice_preferences.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen = dict(
            NoticePreference.objects.filter(user=self.request.user).values_list("kind", "by_mail")
        )
        rows = [
            {
                "kind": kind,
                "by_mail": kind.always_mailed or chosen.get(kind.code, kind.by_mail),
            }
            for kind in noticing.kinds().values()
        ]
        return super().get_context_data(rows=rows, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        wanted = set(request.POST.getlist("by_mail"))
        noticing.prefer_all(request.user, wanted)
        messages.success(request, _("Your choice is saved."))
        return redirect("core:notice_preferences")


def _demo_only() -> None:
    if not settings.DEMO:
        raise Http404("There is no outbox outside demo mode.")


class Outbox(ListView):
    """Every mail the demo would have sent, newest first."""

    template_name = "core/outbox.html"
    context_object_name = "mails"
    paginate_by = 50
    queryset = SentMail.objects.all()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        _demo_only()
        return super().get(request, *args, **kwargs)


@require_safe
def outbox_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail: its text, and its HTML in a frame of its own address."""
    _demo_only()
    return render(request, "core/outbox_mail.html", {"mail": get_object_or_404(SentMail, pk=pk)})


@require_safe
def outbox_mail_html(request: HttpRequest, pk: int) -> HttpResponse:
    """The HTML of one mail, without scripts; its links open in the whole window."""
    _demo_only()
    mail = get_object_or_404(SentMail.objects.exclude(html=""), pk=pk)
    response = HttpResponse(mail.html.replace("<head>", '<head><base target="_top">', 1))
    response["Content-Security-Policy"] = (
        "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; "
        "frame-ancestors 'self'; "
        "sandbox allow-popups allow-top-navigation-by-user-activation"
    )
    return response
