"""/accreditation/…"""

from django.urls import path

from qiao.services.accreditation import views

urlpatterns = [
    path("", views.index, name="score_sheets"),
    path("<int:code>/", views.sheet, name="score_sheet"),
]
