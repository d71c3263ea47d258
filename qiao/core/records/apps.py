from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RecordsConfig(AppConfig):
    name = "qiao.core.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from qiao.core.records.policies import apply_policies

        post_migrate.connect(apply_policies, sender=self, dispatch_uid="qiao.records.policies")
