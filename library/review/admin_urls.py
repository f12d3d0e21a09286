"""Addresses of the reviewer's pages, below Wagtail's admin."""

from __future__ import annotations

from django.urls import path

from library.review import bulk_views, chain_views, claim_views, inbox_views, views

app_name = "review"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("bulk/", bulk_views.approve, name="bulk"),
    path("inbox/", inbox_views.index, name="inbox"),
    path("inbox/all/", inbox_views.read_all, name="read_all"),
    path("inbox/mail/", inbox_views.choose_mail, name="choose_mail"),
    path("inbox/<int:notice_id>/", inbox_views.open_notice, name="notice"),
    path("steps/", chain_views.index, name="chains"),
    path("steps/<slug:code>/", chain_views.edit, name="chain"),
    path("<int:pk>/", views.clip, name="clip"),
    path("<int:pk>/claim/", claim_views.claim, name="claim"),
    path("<int:pk>/give-back/", claim_views.give_back, name="give_back"),
    path("<int:pk>/take-over/", claim_views.take_over, name="take_over"),
    path("<int:pk>/note/", views.note, name="note"),
    path("<int:pk>/progress/", views.progress, name="progress"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/<str:given>/", views.answer, name="answer"),
]
