"""Addresses for machines, outside i18n_patterns: liveness, readiness, media, search engines."""

from django.urls import path
from wagtail.contrib.sitemaps import views as sitemap_views

from portal.core import sitemaps, views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("media/<path:path>", views.public_media, name="media"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path(
        "sitemap.xml",
        sitemap_views.index,
        {"sitemaps": sitemaps.SITEMAPS, "sitemap_url_name": "sitemap_section"},
        name="sitemap",
    ),
    path(
        "sitemap-<section>.xml",
        sitemap_views.sitemap,
        {"sitemaps": sitemaps.SITEMAPS},
        name="sitemap_section",
    ),
    path("favicon.ico", views.favicon, name="favicon"),
]
