from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VacanciesConfig(AppConfig):
    name = "qiao.services.vacancies"
    label = "vacancies"
    verbose_name = _("Posts and placements")
    default_auto_field = "django.db.models.BigAutoField"
