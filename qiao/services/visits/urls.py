"""/visits/…"""

from django.urls import path

from qiao.services.visits.views import needs, outreach, pairs, round, visit

urlpatterns = [
    path("new", visit.new, name="visit_new"),
    path("round", round.evening, name="visit_round"),
    path("<int:pk>/photo", visit.photo, name="visit_photo"),
    path("<int:pk>/needs/<str:need>", needs.answer, name="visit_need"),
    path("campaigns", outreach.overview, name="outreach"),
    path("helpers/new", pairs.new, name="pair_new"),
    path("helpers/<int:pk>", pairs.edit, name="pair_edit"),
]
