"""/occupations/…"""

from django.urls import path

from qiao.services.occupations import views

urlpatterns = [path("guesses", views.guesses, name="occupation_guesses")]
