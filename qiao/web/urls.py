from django.conf import settings
from django.urls import path

from qiao.web import home, search, views

urlpatterns = [
    path("", home.home, name="home"),
    path("search", search.search, name="search"),
    path("appointment/", views.posts, name="posts"),
    path("appointment/<int:pk>", views.choose_appointment, name="choose_appointment"),
    path("language", views.choose_language, name="choose_language"),
    path("preference/<slug:name>", views.choose_preference, name="choose_preference"),
    path("me", views.me, name="me"),
    path("settings/", views.settings_index, name="settings"),
]

if settings.DEBUG:
    from qiao.web import styleguide

    urlpatterns += [path("styleguide", styleguide.show, name="styleguide")]
