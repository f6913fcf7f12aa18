"""Addresses below /admin/techmart-trust/."""

from django.urls import path

from events.techmart.trust_office import views

app_name = "techmart_trust"

urlpatterns = [
    path("problems/", views.problems, name="problems"),
    path("problems/<int:pk>/", views.problem, name="problem"),
    path("freshness/", views.freshness, name="freshness"),
    path("changed/", views.changed, name="changed"),
    path("steps/<int:pk>/paper/", views.paper, name="paper"),
    path("<slug:kind>/<int:pk>/", views.ladder, name="ladder"),
]
