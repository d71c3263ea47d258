from django.urls import path

from qiao.core.standards import views

urlpatterns = [
    path("parameters/", views.parameters, name="settings_parameters"),
    path("parameters/<slug:code>/", views.parameter, name="settings_parameter"),
]
