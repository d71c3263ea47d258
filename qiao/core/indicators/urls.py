from django.urls import path

from qiao.core.indicators import views

urlpatterns = [
    path("", views.show, name="figures"),
    path("export.xlsx", views.export, name="figures_export"),
    path("<slug:code>/names", views.names, name="figure_names"),
]
