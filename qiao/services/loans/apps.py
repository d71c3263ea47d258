from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LoansConfig(AppConfig):
    name = "qiao.services.loans"
    label = "loans"
    verbose_name = _("Guaranteed loans")
    default_auto_field = "django.db.models.BigAutoField"
