from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class IndicatorsConfig(AppConfig):
    name = "qiao.core.indicators"
    label = "indicators"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import qiao.core.indicators.recoding  # noqa: F401 - listens
        from qiao.core.indicators.triggers import lay_triggers

        autodiscover_modules("indicators")
        post_migrate.connect(lay_triggers, sender=self, dispatch_uid="qiao.indicators.triggers")
