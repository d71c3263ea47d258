"""/duties/<code>/…"""

from django.urls import path

from qiao.core.duties import views

urlpatterns = [
    path("<str:code>/", views.listing, name="duty"),
    path("<str:code>/postpone", views.postpone, name="duty_postpone"),
    path("<str:code>/hand-over", views.hand_over, name="duty_hand_over"),
]
