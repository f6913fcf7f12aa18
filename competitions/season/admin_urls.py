from django.urls import path

from competitions.season import admin_views as views

urlpatterns = [
    path("", views.index, name="index"),
    path("<int:competition_id>/", views.board, name="board"),
]
