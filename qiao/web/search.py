"""Finding a person from anywhere."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def search(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "").strip()[:60]
    page = "web/suggestions.html" if request.htmx else "web/search.html"
    return render(request, page, {"query": query, "groups": []})
