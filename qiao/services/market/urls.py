"""/market/…"""

from django.urls import path

from qiao.services.market import views

urlpatterns = [
    path("", views.index, name="market"),
    path("posts/<slug:trade>/", views.posts, name="market_posts"),
]
