from sites.models.monument import Monument
from sites.models.naming import Designation, Name
from sites.models.people import Disclosure, Organisation, Responsibility
from sites.models.site import Site

__all__ = ["Designation", "Disclosure", "Monument", "Name", "Organisation", "Responsibility", "Site"]
