from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from portal.api.problems import problem


def not_found(request: HttpRequest) -> JsonResponse:
    """An address under /api/ that nothing answers."""
    return problem(404, _("There is nothing at this address; /api/docs/ lists what there is."))
