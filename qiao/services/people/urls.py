"""/people/…"""

from django.urls import path

from qiao.services.people.views import answers

urlpatterns = [
    path("answer/<slug:kind>/<int:pk>/", answers.answer, name="answer"),
]
