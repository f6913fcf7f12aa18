"""The wall display, public behind a token."""

from django.urls import path

from startups.coworking.desk.views import wall

app_name = "coworking_wall"

urlpatterns = [path("<slug:space>/<str:token>/", wall.wall, name="space")]
