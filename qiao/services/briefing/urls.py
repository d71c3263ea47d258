"""/briefing/"""

from django.urls import path

from qiao.services.briefing import views

urlpatterns = [path("", views.show, name="briefing")]
