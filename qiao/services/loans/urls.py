"""/loans/…"""

from django.urls import path

from qiao.services.loans.views import deeds, desk, outreach, printed

urlpatterns = [
    path("<int:pk>/repay/", deeds.repay, name="loan_repay"),
    path("<int:pk>/claim/", deeds.claim, name="loan_claim"),
    path("<int:pk>/extend/", deeds.extend, name="loan_extend"),
    path("<int:pk>/review/", deeds.review, name="loan_review"),
    path("repayments/<int:pk>/reverse/", deeds.reverse, name="loan_reverse"),
    path("fund/<int:pk>/deposit/", deeds.deposit, name="loan_deposit"),
    path("orders/<int:pk>/", deeds.order, name="loan_order"),
    path("outreach/", outreach.funnel, name="loan_outreach"),
    path("<int:pk>/form/", printed.form, name="loan_form"),
    path("desk/", desk.desk, name="bank_desk"),
    path("desk/cases.xlsx", desk.cases, name="bank_cases"),
    path("desk/answers/<int:pk>/", desk.answer, name="bank_answer"),
]
