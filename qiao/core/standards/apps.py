from django.apps import AppConfig
from django.db.models.signals import post_migrate


class StandardsConfig(AppConfig):
    name = "qiao.core.standards"
    label = "standards"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from qiao.core.standards.seed import enter_first_values

        post_migrate.connect(enter_first_values, sender=self, dispatch_uid="qiao.standards.seed")
