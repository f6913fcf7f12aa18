"""Addresses for machines, outside i18n_patterns: liveness, readiness, public media."""

from django.urls import path

from portal.core import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("media/<path:path>", views.public_media, name="media"),
]
