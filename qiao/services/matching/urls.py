"""/matching/…"""

from django.urls import path

from qiao.services.matching.views import lists, named, runs

urlpatterns = [
    path("people/<int:pk>/", lists.of_person, name="matching_person"),
    path("posts/<int:pk>/", lists.of_post, name="matching_post"),
    path("", runs.index, name="matching"),
    path("runs/<int:pk>/", runs.one, name="matching_run"),
    path("runs/<int:pk>/people/<slug:figure>/", named.people_behind, name="matching_people"),
    path("runs/<int:pk>/posts/", named.posts_behind, name="matching_posts"),
]
