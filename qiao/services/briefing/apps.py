from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BriefingConfig(AppConfig):
    name = "qiao.services.briefing"
    label = "briefing"
    verbose_name = _("Leader's page")
