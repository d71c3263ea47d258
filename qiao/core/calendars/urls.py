from django.urls import path

from qiao.core.calendars import views

urlpatterns = [path("calendar/", views.calendar, name="settings_calendar")]
