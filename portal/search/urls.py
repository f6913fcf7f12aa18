from django.urls import path

from portal.search import views

app_name = "search"

urlpatterns = [
    path("", views.Results.as_view(), name="results"),
    path("goi-y/", views.suggestions, name="suggestions"),
]
