from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "qiao.config"
    label = "config"
