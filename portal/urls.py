"""Every address of the site. What a person sees is inside `i18n_patterns`."""

from allauth.account.views import logout
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls

from competitions.season.api import router as competitions_api
from events.programme.api import router as events_api
from events.techmart.api import router as market_api
from portal.accounts.admin_views import BackOfficePreferences
from portal.accounts.views import admin_login
from portal.core.api import VERSION, api
from portal.news.api import router as news_api
from portal.pages.views import manifest
from portal.regulations.api import router as regulations_api
from startups.directory.api import router as startups_api

handler400 = "portal.core.views.bad_request"
handler403 = "portal.core.views.permission_denied"
handler404 = "portal.core.views.page_not_found"
handler500 = "portal.core.views.server_error"

api.add_router("/competitions", competitions_api)
api.add_router("", market_api)
api.add_router("/events", events_api)
api.add_router("/news", news_api)
api.add_router("/regulations", regulations_api)
api.add_router("/startups", startups_api)

urlpatterns = [
    path("", include("portal.core.urls_outside")),  # /healthz, /readyz, /media/
    path("site.webmanifest", manifest, name="manifest"),
    # Wagtail's own login skips the second factor: allauth's is the only way in.
    path("admin/login/", admin_login, name="admin_login"),
    path("admin/logout/", logout, name="admin_logout"),
    path("admin/account/", require_admin_access(BackOfficePreferences.as_view())),
    path("admin/", include(wagtailadmin_urls)),
    path(f"api/v{VERSION}/", api.urls),
    path("documents/", include(wagtaildocs_urls)),
]

urlpatterns += i18n_patterns(
    path("accounts/", include("portal.accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("workspace/", include("portal.workspace.urls")),
    path("workspace/", include("competitions.entries.urls")),
    path("workspace/", include("startups.coworking.urls")),
    path("workspace/", include("startups.directory.urls")),
    path("workspace/", include("events.techmart.urls")),
    path("workspace/desk/", include("startups.coworking.desk.urls")),
    path("workspace/connections/", include("events.techmart.connection_urls")),
    path("workspace/market-desk/", include("events.techmart.desk.urls")),
    path("workspace/event-desk/", include("events.programme.registration.desk_urls")),
    path("dang-ky-su-kien/", include("events.programme.registration.urls")),
    path("chung-nhan/", include("events.programme.registration.certificate_urls")),
    path("man-hinh/", include("startups.coworking.desk.wall_urls")),
    path("lich/", include("startups.coworking.feed_urls")),
    path("lien-ket-san/", include("events.techmart.link_urls")),
    path("", include("competitions.judging.urls")),  # /judging/ and an entry's feedback page
    path("tim-kiem/", include("portal.search.urls")),
    path("", include("portal.enquiries.urls")),
    path("", include("portal.core.urls")),
    path("_util/login/", admin_login),  # Wagtail's own, for pages behind a sign-in
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
