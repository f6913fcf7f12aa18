"""Addresses of the sides of connection requests, below /workspace/connections/."""

from django.urls import path

from events.techmart.views import connections as views

app_name = "techmart_connections"

urlpatterns = [
    path("", views.request_list, name="list"),
    path("ask/<str:thing>/<slug:slug>/", views.ask, name="ask"),
    path("<uuid:key>/", views.request_page, name="request"),
    path("<uuid:key>/write/", views.write, name="write"),
    path("<uuid:key>/accept/", views.accept, name="accept"),
    path("<uuid:key>/decline/", views.decline, name="decline"),
    path("<uuid:key>/files/<int:pk>/", views.file, name="file"),
    path("<uuid:key>/files/<int:pk>/<int:number>/", views.page, name="page"),
]
