from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _


class SitesConfig(AppConfig):
    name = "sites"
    verbose_name = _("Registry")

    def ready(self) -> None:
        from sites import areas, boundaries, cells

        connection_created.connect(boundaries.teach, dispatch_uid="teach-boundaries")
        connection_created.connect(areas.teach, dispatch_uid="teach-areas")
        connection_created.connect(cells.teach, dispatch_uid="teach-cells")
