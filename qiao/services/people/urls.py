"""/people/…"""

from django.urls import path

from qiao.services.people.views import answers, duplicates, members, patterns, proposals, verb

urlpatterns = [
    path("answer/<slug:kind>/<int:pk>/", answers.answer, name="answer"),
    path("transfers", proposals.transfers, name="transfers"),
    path("transfers/ask/<str:ticket>", proposals.ask_for, name="transfer_request"),
    path("willingness", proposals.willingness, name="willingness"),
    path("duplicates", duplicates.desk, name="duplicates"),
    path("duplicates/<int:pk>", duplicates.pair, name="duplicate"),
    path("patterns", patterns.flags, name="patterns"),
    path("patterns/<int:pk>", patterns.flag, name="pattern"),
    path("household/<int:pk>/member", members.choose, name="member_new"),
    path("<int:pk>/<slug:code>", verb.verb, name="people_verb"),
]
