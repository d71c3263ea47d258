"""/jobs/: open posts, for anybody."""

from django.urls import path

from qiao.services.vacancies.views import public

urlpatterns = [
    path("", public.jobs, name="jobs"),
    path("<int:pk>", public.job, name="job"),
]
