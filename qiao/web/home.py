"""The first page: what is owed today."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "web/home.html", {"subtitle": "", "worklist": [], "tiles": [], "tabs": []})
