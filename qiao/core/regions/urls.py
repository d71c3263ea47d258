from django.urls import path

from qiao.core.regions import views

urlpatterns = [
    path("regions/", views.home, name="settings_regions"),
    path("regions/recode", views.recode, name="settings_recode"),
    path("regions/<int:code>/", views.region, name="settings_region"),
]
