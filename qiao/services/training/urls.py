"""/training/…"""

from django.urls import path

from qiao.services.training import views

urlpatterns = [
    path("classes/<int:pk>/attendance", views.attendance, name="training_attendance"),
    path("classes/<int:pk>/results", views.results, name="training_results"),
]
