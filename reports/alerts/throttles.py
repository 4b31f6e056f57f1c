"""How often somebody may have a message sent for nothing but to see that it arrives."""

from __future__ import annotations

from hashlib import sha256

from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle, UserRateThrottle
from rest_framework.views import APIView


class Testing(UserRateThrottle):
    scope, rate = "test-message", "5/hour"


class OfAddress(SimpleRateThrottle):
    """Counts by the address to which a message would go, whoever asks for it and from wherever."""

    def __init__(self, address: str) -> None:
        self.address = address.strip().lower()
        super().__init__()

    def get_cache_key(self, request: Request, view: APIView) -> str:
        # Counters are no list of who reads what.
        return self.cache_format % {"scope": self.scope, "ident": sha256(self.address.encode()).hexdigest()}


class TestingByMail(OfAddress):
    scope, rate = "test-by-mail", "5/hour"


class Linking(OfAddress):
    scope, rate = "link-by-mail", "2/hour"
