from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _


def not_found(request: HttpRequest) -> JsonResponse:
    """An address under /api/ that nothing answers."""
    message = _("There is nothing at this address; /api/docs/ lists what there is.")
    return JsonResponse({"detail": message}, status=404)
