from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from portal.api.problems import problem


# Else whoever sends something to a wrong address is told of forgery, on a page.
@csrf_exempt
def not_found(request: HttpRequest) -> JsonResponse:
    """An address under /api/ that nothing answers."""
    return problem(404, _("There is nothing at this address; /api/docs/ lists what there is."))
