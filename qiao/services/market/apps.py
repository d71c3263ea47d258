from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MarketConfig(AppConfig):
    name = "qiao.services.market"
    label = "market"
    verbose_name = _("Labour market")
    default_auto_field = "django.db.models.BigAutoField"
