from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupportConfig(AppConfig):
    name = "qiao.services.support"
    label = "support"
    verbose_name = _("Relief and subsidies")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from qiao.services.support import foresight

        foresight.offer()
