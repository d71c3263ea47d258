"""/l/<ledger>/…"""

from django.urls import path

from qiao.core.ledgers.views import acting, bin, cell, editing, export, keeping, listing, record

app_name = "ledgers"

urlpatterns = [
    path("<slug:code>/", listing.show, name="list"),
    path("<slug:code>/narrow", listing.narrow, name="narrow"),
    path("<slug:code>/new", editing.new, name="new"),
    path("<slug:code>/options/<slug:key>", editing.options, name="options"),
    path("<slug:code>/batch", acting.on_many, name="batch"),
    path("<slug:code>/views", keeping.keep, name="keep"),
    path("<slug:code>/views/<int:view>/drop", keeping.drop, name="drop"),
    path("<slug:code>/export", export.options, name="export"),
    path("<slug:code>/export.xlsx", export.workbook, name="workbook"),
    path("<slug:code>/template.xlsx", export.template, name="template"),
    path("<slug:code>/bin", bin.show, name="bin"),
    path("<slug:code>/undo", bin.undo, name="undo"),
    path("<slug:code>/<int:pk>/", record.file, name="file"),
    path("<slug:code>/<int:pk>/edit", editing.edit, name="edit"),
    path("<slug:code>/<int:pk>/cell/<slug:key>", cell.cell, name="cell"),
    path("<slug:code>/<int:pk>/act", acting.on_one, name="act"),
    path("<slug:code>/<int:pk>/delete", bin.delete, name="delete"),
    path("<slug:code>/<int:pk>/restore", bin.restore, name="restore"),
    path("<slug:code>/<int:pk>/history", record.changes, name="history"),
    path("<slug:code>/<int:pk>/timeline", record.more_events, name="timeline"),
    path("<slug:code>/<int:pk>/show/<slug:key>", record.reveal, name="reveal"),
]
