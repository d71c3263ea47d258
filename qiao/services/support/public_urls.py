"""/policies/: which policy fits me, for anybody."""

from django.urls import path

from qiao.services.support.views import public

urlpatterns = [path("", public.ask, name="policies")]
