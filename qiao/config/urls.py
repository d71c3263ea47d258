"""Every door of the site. Each app keeps its own paths."""

from django.urls import include, path

from qiao.core.ledgers.api import doors

APPS = [
    ("l/", "qiao.core.ledgers.urls"),
    ("import/", "qiao.core.batches.urls"),
    ("cases/", "qiao.core.procedures.urls"),
    ("duties/", "qiao.core.duties.urls"),
    ("visits/", "qiao.services.visits.urls"),
    ("training/", "qiao.services.training.urls"),
    ("posts/", "qiao.services.vacancies.urls"),
    ("matching/", "qiao.services.matching.urls"),
    ("market/", "qiao.services.market.urls"),
    ("briefing/", "qiao.services.briefing.urls"),
    ("reports/", "qiao.services.reports.urls"),
    ("jobs/", "qiao.services.vacancies.public_urls"),
    ("fairs/", "qiao.services.fairs.urls"),
    ("loans/", "qiao.services.loans.urls"),
    ("accreditation/", "qiao.services.accreditation.urls"),
    ("support/", "qiao.services.support.urls"),
    ("policies/", "qiao.services.support.public_urls"),
    ("figures/", "qiao.core.indicators.urls"),
    ("people/", "qiao.services.people.urls"),
    ("occupations/", "qiao.services.occupations.urls"),
    ("settings/", "qiao.core.accounts.urls"),
    ("settings/", "qiao.core.regions.urls"),
    ("settings/", "qiao.core.calendars.urls"),
    ("settings/", "qiao.core.standards.urls"),
    ("settings/", "qiao.core.glossary.urls"),
    ("", "qiao.web.urls"),
]

handler500 = "qiao.web.errors.server_error"

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    *(path(prefix, include(module)) for prefix, module in APPS),
    path("api/v1/", doors),
]
