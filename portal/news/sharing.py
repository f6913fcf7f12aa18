"""Links with which a reader shares an article. Plain links: nobody is called before a click."""

import base64
import json
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class ShareLink:
    label: str | Promise
    url: str
    icon: str
    leaves: bool
    """It opens another site."""


def links(address: str | None, title: str) -> list[ShareLink]:
    """Zalo, Facebook and mail, for the full address of a page; none for a page without one."""
    if not address:
        return []
    # What Zalo's own button opens once its script has run.
    wrapped = base64.b64encode(json.dumps({"url": address}).encode()).decode()
    zalo = f"https://button-share.zalo.me/share_external?{urlencode({'d': wrapped})}"
    facebook = f"https://www.facebook.com/sharer/sharer.php?{urlencode({'u': address})}"
    mail = f"mailto:?subject={quote(title)}&body={quote(address)}"
    return [
        ShareLink("Zalo", zalo, "external-link", leaves=True),
        ShareLink("Facebook", facebook, "external-link", leaves=True),
        ShareLink(_("Email"), mail, "mail", leaves=False),
    ]
