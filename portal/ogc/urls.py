from django.urls import path

from portal.ogc import views

urlpatterns = [
    path("", views.landing),
    path("conformance", views.conformance),
    path("api", views.api),
    path("collections", views.collections),
    path("collections/<slug:name>", views.collection),
    path("collections/<slug:name>/queryables", views.queryables),
    path("collections/<slug:name>/items", views.items),
    path("collections/<slug:name>/items/<str:pk>", views.item),
]
