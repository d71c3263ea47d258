"""/cases/<procedure>/…"""

from django.urls import path

from qiao.core.procedures.views import file, listing, notice, opening

urlpatterns = [
    path("<slug:code>/", listing.listing, name="cases"),
    path("<slug:code>/batch", listing.batch, name="case_batch"),
    path("<slug:code>/new", opening.opening, name="case_new"),
    path("<slug:code>/notice", notice.sheet, name="case_notice"),
    path("<slug:code>/<int:pk>/", file.file, name="case"),
    path("<slug:code>/<int:pk>/notice", notice.of_case, name="case_own_notice"),
    path("<slug:code>/<int:pk>/take/<slug:name>", file.decide, name="case_take"),
    path("<slug:code>/<int:pk>/papers/<slug:kind>", file.receive, name="case_paper"),
    path("<slug:code>/<int:pk>/papers/<int:paper>/scan", file.scan, name="case_scan"),
]
