"""/posts/…"""

from django.urls import path

from qiao.services.vacancies.views import occupation, placing, referring, sharing

urlpatterns = [
    path("refer/<int:resident>", referring.refer, name="refer"),
    path("letter/<int:pk>", referring.letter, name="referral_letter"),
    path("place/<int:resident>", placing.place, name="place"),
    path("placement/<int:pk>/terms", placing.terms, name="placement_terms"),
    path("<int:pk>/call", sharing.call, name="post_call"),
    path("<int:pk>/message", sharing.message, name="post_message"),
    path("<int:pk>/occupation", occupation.code, name="post_occupation"),
    path("<int:pk>/poster", sharing.poster, name="post_poster"),
]
