from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CalendarsConfig(AppConfig):
    name = "qiao.core.calendars"
    label = "calendars"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from qiao.core.calendars.seed import fill_empty_years

        post_migrate.connect(fill_empty_years, sender=self, dispatch_uid="qiao.calendars.seed")
