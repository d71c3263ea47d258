from django.apps import AppConfig


class LedgersConfig(AppConfig):
    name = "qiao.core.ledgers"
    label = "ledgers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.module_loading import autodiscover_modules

        autodiscover_modules("ledgers")
