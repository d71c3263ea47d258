"""/visits/…"""

from django.urls import path

from qiao.services.visits import views

urlpatterns = [path("new", views.new, name="visit_new")]
