from django.urls import path

from qiao.core.glossary import views

urlpatterns = [path("glossary/", views.glossary, name="settings_glossary")]
