"""No-shows that count, and pardoning them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from portal.core.keeping import kept_post
from portal.core.verdicts import Refused
from startups.coworking import attending
from startups.coworking.desk.forms import PardonForm
from startups.coworking.desk.views.frame import desk_context, for_readers, for_the_desk, space_of
from startups.coworking.models import Strike

SHOWN = 50
RELATED = (
    "booking__resource__space",
    "booking__unit__resource",
    "booking__person",
    "booking__organisation",
    "pardoned_by",
)


@for_readers
def strikes(request: HttpRequest, space: str) -> HttpResponse:
    found = space_of(space)
    rows = Strike.objects.filter(booking__resource__space=found).select_related(*RELATED)
    page = Paginator(rows.order_by("-booking__starts", "-pk"), SHOWN).get_page(
        request.GET.get("page")
    )
    context = desk_context(request, found, "strikes", page_obj=page)
    return render(request, "coworking/desk/strikes.html", context)


@for_the_desk
def pardon(request: HttpRequest, pk: int) -> HttpResponse:
    strike = get_object_or_404(Strike.objects.select_related(*RELATED), pk=pk)
    space = strike.booking.resource.space
    typed = request.POST if request.method == "POST" else kept_post(request)
    form = PardonForm(typed)
    if request.method == "POST" and form.is_valid():
        try:
            attending.pardon(
                strike,
                by=request.user,  # type: ignore[arg-type]
                reason=form.cleaned_data["reason"],
            )
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("Pardoned: it counts no more."))
            return redirect("coworking_desk:strikes", space.slug)
    context = desk_context(request, space, "strikes", strike=strike, form=form)
    return render(
        request, "coworking/desk/pardon.html", context, status=422 if form.errors else 200
    )
