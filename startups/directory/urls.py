"""Addresses of the people of an organisation, below /workspace/. Keys are organisations'."""

from django.urls import path

from startups.directory import views

app_name = "directory"

urlpatterns = [
    path("startup-profiles/<int:pk>/", views.profile, name="profile"),
    path("startup-profiles/<int:pk>/start/", views.begin, name="start"),
    path("startup-profiles/<int:pk>/edit/", views.edit, name="edit"),
    path("startup-profiles/<int:pk>/logo/", views.logo, name="logo"),
    path("startup-profiles/<int:pk>/logo/remove/", views.logo_away, name="remove_logo"),
    path("startup-profiles/<int:pk>/preview/", views.preview, name="preview"),
    path("startup-profiles/<int:pk>/send/", views.send_for_review, name="send"),
    path("startup-profiles/<int:pk>/take-back/", views.withdraw, name="take_back"),
]
