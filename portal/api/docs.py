from drf_spectacular.views import SpectacularSwaggerSplitView


class ApiDocs(SpectacularSwaggerSplitView):
    """The API's pages for people; their script comes from an address of its own, as no inline code may run."""

    url_name = "api:schema"
    template_name = "api_docs.html"
