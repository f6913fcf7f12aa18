"""Addresses below /admin/entries/."""

from django.urls import path

from competitions.entries.admin import dossiers, exporting, listing

app_name = "entries_admin"

urlpatterns = [
    path("", listing.dossier_list, name="list"),
    path("export/", exporting.export, name="export"),
    path("eligible/", listing.mark_several, name="mark_several"),
    path("<int:pk>/", dossiers.dossier_page, name="entry"),
    path("<int:pk>/screen/", dossiers.screen, name="screen"),
    path("<int:pk>/files/<int:file_id>/", dossiers.open_file, name="file"),
    path("<int:pk>/files/<int:file_id>/pages/<int:number>/", dossiers.open_page, name="page"),
]
