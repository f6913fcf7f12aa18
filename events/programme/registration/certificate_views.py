"""The page on which anybody checks a certificate, and the certificate as a PDF."""

from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from events.programme.models import Certificate
from events.programme.registration import certifying, tickets
from events.programme.registration.views import file_answer
from portal.core import printing
from portal.core.templatetags.portal import day, moments
from portal.core.text import clean_line
from portal.pages.models import SiteSettings

TEMPLATE = Path(__file__).with_name("certificate.typ")


@never_cache
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Type what stands on the paper."""
    typed = clean_line(request.GET.get("so", ""))[:60]
    if typed and (found := certifying.find(typed)) is not None:
        return redirect("certificates:one", found.code)
    return render(request, "programme/certificate.html", {"typed": typed, "asked": bool(typed)})


@never_cache
@require_safe
def one(request: HttpRequest, code: str) -> HttpResponse:
    """What a certificate says, and whether it is valid. A changed number is none."""
    found = certifying.find(code)
    context = {"certificate": found, "typed": code, "asked": True}
    return render(request, "programme/certificate.html", context, status=200 if found else 404)


@never_cache
@require_safe
def document(request: HttpRequest, key: UUID) -> HttpResponse:
    """The certificate as a PDF, for whoever holds the link of the registration."""
    found = get_object_or_404(Certificate, registration__key=key, revoked_at__isnull=True)
    site = SiteSettings.kept_for(request)
    return file_answer(pdf(found, site), "application/pdf", f"{found.number}.pdf")


def pdf(certificate: Certificate, site: SiteSettings | None) -> bytes:
    """One page of A4, landscape, with the QR code of the page that checks it."""
    address = settings.SITE_URL + reverse("certificates:one", args=[certificate.code])
    data = {
        "language": get_language() or "vi",
        "portal": site.name if site else "",
        "owner": site.owner_name if site else "",
        "name": certificate.name,
        "title": certificate.shown_title,
        "when": moments(certificate.starts, certificate.ends),
        "place": certificate.place,
        "code": certificate.code,
        "labels": {
            "head": _("Certificate of attendance"),
            "certifies": _("This is to certify that"),
            "attended": _("attended"),
            "number": pgettext("certificate", "Number"),
            "issued": _("Issued on %(day)s") % {"day": day(certificate.issued_at)},
            "check": _("Scan the code, or enter the number on the portal, to check it."),
        },
    }
    return printing.pdf(TEMPLATE, data, {"code.svg": tickets.code_svg(address)})
