"""The inbox of the department."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core import auditing
from portal.core.verdicts import Refused
from portal.enquiries import answering
from portal.enquiries.forms import AnswerForm, CloseForm
from portal.enquiries.models import Enquiry
from portal.enquiries.permissions import may_answer, may_read_enquiries

PAGE_SIZE = 50
ALL = "all"


def enquiries(request: HttpRequest) -> HttpResponse:
    """What waits, the nearest due date first; or what was answered, the newest first."""
    _readers_only(request)
    counted = dict(Enquiry.objects.order_by().values_list("state").annotate(Count("pk")))
    wanted = request.GET.get("state", Enquiry.State.WAITING)
    found = Enquiry.objects.select_related("handled_by")
    if wanted == Enquiry.State.WAITING:
        found = found.waiting()
    elif wanted in Enquiry.State.values:
        found = found.filter(state=wanted)
    tabs = [(state.value, state.label, counted.get(state, 0)) for state in Enquiry.State]
    context = {
        "tabs": [*tabs, (ALL, _("All"), sum(counted.values()))],
        "wanted": wanted,
        "page_obj": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        **_frame(_("Enquiries")),
    }
    return render(request, "enquiries/admin/list.html", context)


def enquiry(request: HttpRequest, pk: int) -> HttpResponse:
    """One enquiry: read, answered, closed or taken up again."""
    _readers_only(request)
    found = get_object_or_404(Enquiry.objects.select_related("handled_by", "user"), pk=pk)
    act = request.POST.get("act", "")
    answer_form = AnswerForm(request.POST if act == "answer" else None)
    close_form = CloseForm(request.POST if act == "close" else None)
    if request.method == "POST" and _acted(request, found, act, answer_form, close_form):
        return redirect("enquiries_admin:list")
    context = {
        "enquiry": found,
        "answer_form": answer_form,
        "close_form": close_form,
        "may_answer": may_answer(request.user),
        "history": auditing.history(found).select_related("user")[:50],
        **_frame(found.code, (reverse("enquiries_admin:list"), _("Enquiries"))),
    }
    return render(request, "enquiries/admin/enquiry.html", context)


def _acted(
    request: HttpRequest, found: Enquiry, act: str, answer_form: AnswerForm, close_form: CloseForm
) -> bool:
    by: Any = request.user
    forms = {"answer": answer_form, "close": close_form}
    form = forms.get(act)
    if form is not None and not form.is_valid():
        return False
    try:
        if act == "answer":
            answering.answer(found, by, answer_form.cleaned_data["answer"])
            messages.success(request, _("The answer was mailed to %(name)s.") % _named(found))
        elif act == "close":
            answering.close(found, by, close_form.cleaned_data["reason"])
            messages.success(request, _("%(code)s was closed.") % _named(found))
        elif act == "take_up":
            answering.take_up_again(found, by)
            messages.success(request, _("%(code)s waits for an answer again.") % _named(found))
    except Refused as refused:
        if form is not None:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
            return False
        messages.error(request, str(refused))
    return True


def _named(found: Enquiry) -> dict[str, str]:
    return {"name": found.full_name, "code": found.code}


def _frame(title: str, *way: tuple[str, str]) -> dict[str, Any]:
    steps = [(reverse("wagtailadmin_home"), _("Home")), *way, ("", title)]
    return {
        "header_title": title,
        "header_icon": "mail",
        "breadcrumbs_items": [{"url": url, "label": label} for url, label in steps],
    }


def _readers_only(request: HttpRequest) -> None:
    if not may_read_enquiries(request.user):
        raise PermissionDenied
