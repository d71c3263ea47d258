from django.urls import path

from qiao.core.accounts.views import access_log, staff

urlpatterns = [
    path("staff/", staff.people, name="settings_staff"),
    path("staff/new", staff.invite, name="settings_invite"),
    path("staff/<int:pk>/", staff.person, name="settings_person"),
    path("staff/<int:pk>/password", staff.renew_password, name="settings_renew_password"),
    path("staff/<int:pk>/active", staff.set_active, name="settings_set_active"),
    path("staff/appointment/<int:pk>/end", staff.end_appointment, name="settings_end_appointment"),
    path("access-log/", access_log.access_log, name="settings_access_log"),
    path("access-log/export.xlsx", access_log.export, name="settings_access_log_export"),
]
