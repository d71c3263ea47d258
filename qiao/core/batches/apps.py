from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class BatchesConfig(AppConfig):
    name = "qiao.core.batches"
    label = "batches"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        autodiscover_modules("importers", "register_importers")
