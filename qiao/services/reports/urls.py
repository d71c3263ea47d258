"""/reports/…"""

from django.urls import path

from qiao.services.reports import views

urlpatterns = [
    path("", views.index, name="reports"),
    path("<int:pk>/", views.show, name="report"),
    path("<int:pk>/file.docx", views.download, name="report_file"),
    path("<int:pk>/again", views.again, name="report_again"),
    path("<int:pk>/finish", views.finish, name="report_finish"),
    path("<int:pk>/<int:place>", views.edit, name="report_edit"),
]
