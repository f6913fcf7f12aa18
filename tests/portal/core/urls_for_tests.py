"""The addresses that the tests of the ground floor need besides the portal's own."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from portal.core.keeping import kept_post, login_required_keeping
from portal.urls import handler400, handler403, handler404, handler500  # noqa: F401
from portal.urls import urlpatterns as portal_patterns


@login_required_keeping
def form(request: HttpRequest, pk: int) -> HttpResponse:
    """A form that shows what it was given: posted, kept, or nothing."""
    if request.method == "POST":
        return HttpResponse("saved " + request.POST["text"])
    kept = kept_post(request)
    return HttpResponse("kept " + repr(sorted(kept.lists())) if kept else "empty")


@login_required_keeping(back_to="test-form")
def save(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse("saved")


@login_required_keeping(back_to=lambda request, pk: f"/t/form/{pk}/?section=2")
def save_section(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse("saved")


def break_down(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("on purpose")


def refuse(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied(_("The round is closed."))


@csrf_exempt
def read(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(len(request.POST)))


urlpatterns = [
    path("t/form/<int:pk>/", form, name="test-form"),
    path("t/save/<int:pk>/", save),
    path("t/save-section/<int:pk>/", save_section),
    path("t/break/", break_down),
    path("t/refuse/", refuse),
    path("t/read/", read),
    *portal_patterns,
]
