"""/support/…"""

from django.urls import path

from qiao.services.support.views import payments, person

urlpatterns = [
    path("people/<int:pk>/", person.policies, name="support_person"),
    path("people/<int:pk>/told", person.told, name="support_told"),
    path("payments/", payments.listing, name="support_payments"),
]
