from django.apps import AppConfig


class StandardsConfig(AppConfig):
    name = "qiao.core.standards"
    label = "standards"
    default_auto_field = "django.db.models.BigAutoField"
