"""/fairs/…: the desk of a fair for those who work at it, and three doors that need no sign-in."""

from django.urls import path

from qiao.services.fairs.views import desk, public

urlpatterns = [
    path("<int:pk>/", desk.desk, name="fair_desk"),
    path("<int:pk>/invite", desk.invite, name="fair_invite"),
    path("<int:pk>/suggest", desk.suggest, name="fair_suggest"),
    path("visitors/<int:pk>/pass", desk.entrance_code, name="fair_pass"),
    path("screen/<str:token>", public.screen, name="fair_screen"),
    path("at/<str:token>", public.door, name="fair_door"),
    path("me/<str:token>", public.visitor, name="fair_visitor"),
]
