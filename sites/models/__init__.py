from sites.models.monument import Monument
from sites.models.naming import Designation, Name
from sites.models.site import Site

__all__ = ["Designation", "Monument", "Name", "Site"]
