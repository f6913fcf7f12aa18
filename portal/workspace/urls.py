from django.urls import path

from portal.workspace import views

app_name = "workspace"

urlpatterns = [path("", views.Home.as_view(), name="home")]
