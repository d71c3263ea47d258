from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VacanciesConfig(AppConfig):
    name = "qiao.services.vacancies"
    label = "vacancies"
    verbose_name = _("Posts and placements")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from qiao.services.people import api as people
        from qiao.services.vacancies.actions import moving

        people.follow(moving.follow)
