from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OccupationsConfig(AppConfig):
    name = "qiao.services.occupations"
    label = "occupations"
    verbose_name = _("Occupations")
    default_auto_field = "django.db.models.BigAutoField"
