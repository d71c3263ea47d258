from django.urls import path

from qiao.core.batches import views

urlpatterns = [
    path("", views.index, name="batches"),
    path("<int:pk>/", views.show, name="batch"),
    path("<int:pk>/progress", views.progress, name="batch_progress"),
    path("<int:pk>/columns", views.columns, name="batch_columns"),
    path("<int:pk>/header", views.header, name="batch_header"),
    path("<int:pk>/back", views.back, name="batch_back"),
    path("<int:pk>/merge", views.merge, name="batch_merge"),
    path("<int:pk>/undo", views.undo, name="batch_undo"),
    path("<int:pk>/fix", views.fix, name="batch_fix"),
    path("<int:pk>/decide", views.decide, name="batch_decide"),
    path("<int:pk>/errors.xlsx", views.errors, name="batch_errors"),
    path("<int:pk>/original", views.original, name="batch_original"),
]
