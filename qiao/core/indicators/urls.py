from django.urls import path

from qiao.core.indicators import closing_views, views
from qiao.core.indicators.targets import views as target_views

urlpatterns = [
    path("", views.show, name="figures"),
    path("export.xlsx", views.export, name="figures_export"),
    path("closed/", closing_views.closings, name="figures_closed"),
    path("closed/new", closing_views.close, name="figures_close"),
    path("closed/<int:pk>/", closing_views.file, name="figures_closing"),
    path("closed/<int:pk>/reopen", closing_views.reopen, name="figures_reopen"),
    path("targets/", target_views.index, name="figure_targets"),
    path("targets/<slug:code>/", target_views.one, name="figure_target"),
    path("<slug:code>/names", views.names, name="figure_names"),
]
