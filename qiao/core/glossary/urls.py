from django.urls import path

from qiao.core.glossary import views

urlpatterns = [
    path("glossary/", views.glossary, name="settings_glossary"),
    path("dictionaries/", views.all_dictionaries, name="settings_dictionaries"),
    path("dictionaries/<slug:dictionary>/new", views.dictionary_entry, name="settings_word_new"),
    path("dictionaries/<slug:dictionary>/<slug:code>", views.dictionary_entry, name="settings_word"),
]
