"""/loans/…"""

from django.urls import path

from qiao.services.loans.views import desk, printed

urlpatterns = [
    path("<int:pk>/form/", printed.form, name="loan_form"),
    path("desk/", desk.desk, name="bank_desk"),
    path("desk/cases.xlsx", desk.cases, name="bank_cases"),
    path("desk/answers/<int:pk>/", desk.answer, name="bank_answer"),
]
