"""One's own profile, and organisations. Signing in itself is allauth's, below the same path."""

from django.urls import path

from portal.accounts import views

app_name = "accounts"

urlpatterns = [
    path("profile/", views.Profile.as_view(), name="profile"),
    path("terms/", views.terms, name="terms"),
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/new/", views.OrganisationCreate.as_view(), name="organisation_create"),
    path("organisations/join/", views.Join.as_view(), name="join"),
    path("organisations/<int:pk>/", views.organisation, name="organisation"),
    path(
        "organisations/<int:pk>/change/",
        views.OrganisationChange.as_view(),
        name="organisation_change",
    ),
    path("organisations/<int:pk>/invite/", views.Invite.as_view(), name="invite"),
    path("organisations/<int:pk>/hand-over/", views.HandOver.as_view(), name="hand_over"),
    path("memberships/<int:pk>/answer/", views.answer_request, name="answer_request"),
    path("memberships/<int:pk>/leave/", views.Leave.as_view(), name="leave"),
    path("memberships/<int:pk>/remove/", views.Remove.as_view(), name="remove"),
    path("invitations/<int:pk>/revoke/", views.revoke_invitation, name="revoke"),
    path("invitations/<int:pk>/resend/", views.resend_invitation, name="resend"),
    path("invitations/<int:pk>/accept/", views.accept_invitation, name="accept"),
    path("invitations/open/<str:token>/", views.open_invitation, name="invitation"),
]
