"""How often somebody may have a message sent for nothing but to see that it arrives."""

from __future__ import annotations

from rest_framework.throttling import UserRateThrottle


class Testing(UserRateThrottle):
    scope, rate = "test-message", "5/hour"
