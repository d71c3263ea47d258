"""Every door of the site. Each app keeps its own paths."""

from importlib.util import find_spec

from django.urls import include, path

OPTIONAL = [
    ("l/", "qiao.core.ledgers.urls"),
    ("import/", "qiao.core.batches.urls"),
    ("cases/", "qiao.core.procedures.urls"),
    ("duties/", "qiao.core.duties.urls"),
    ("visits/", "qiao.services.visits.urls"),
    ("figures/", "qiao.core.indicators.urls"),
    ("people/", "qiao.services.people.urls"),
    ("settings/", "qiao.core.accounts.urls"),
    ("settings/", "qiao.core.regions.urls"),
    ("settings/", "qiao.core.calendars.urls"),
    ("settings/", "qiao.core.standards.urls"),
    ("settings/", "qiao.core.glossary.urls"),
    ("", "qiao.web.urls"),
]


def exists(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


handler500 = "qiao.web.errors.server_error"

urlpatterns = [path("accounts/", include("allauth.urls"))]
urlpatterns += [path(prefix, include(module)) for prefix, module in OPTIONAL if exists(module)]

if exists("qiao.core.ledgers.api"):
    from qiao.core.ledgers.api import doors

    urlpatterns.append(path("api/v1/", doors))
