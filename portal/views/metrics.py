from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from reports.alerts import outbox
from reports.evidence.queries import fixity_state


class Outbox(Collector):
    """What `outbox.state` says, as gauges."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for name, value in outbox.state()._asdict().items():
            yield GaugeMetricFamily(f"tadmor_outbox_{name}", f"{outbox.State.__name__} of the outbox: {name}", value)
        yield from self._by_channel()

    def _by_channel(self) -> Iterator[GaugeMetricFamily]:
        rows = outbox.by_channel()
        for name in outbox.ChannelState._fields[1:]:
            family = GaugeMetricFamily(f"tadmor_channel_{name}", f"Of each channel: {name}", labels=["channel"])
            for row in rows:
                family.add_metric([row.channel], getattr(row, name))
            yield family


class Originals(Collector):
    """Whether the originals of evidence are what was stored, and for how long nobody looked."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        state = fixity_state()
        damaged = GaugeMetricFamily(
            "tadmor_originals_damaged", "Originals that are to be restored, by what is amiss", labels=["kind"]
        )
        for kind, number in state.to_mend.items():
            damaged.add_metric([kind], number)
        yield damaged
        yield GaugeMetricFamily("tadmor_originals", "Originals of evidence", state.originals)
        yield GaugeMetricFamily(
            "tadmor_originals_never_verified", "Originals not hashed anew since they were stored", state.never_verified
        )
        yield GaugeMetricFamily(
            "tadmor_originals_oldest_verified_seconds",
            "Since the original was verified that waits longest",
            state.oldest_verified_seconds,
        )
        yield GaugeMetricFamily(
            "tadmor_originals_last_check_seconds",
            "When the last check of originals ended (Unix time; 0: never)",
            state.last_run.ended_at.timestamp() if state.last_run and state.last_run.ended_at else 0,
        )


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """For Prometheus, with the token of METRICS_TOKEN, or for administrators."""
    if not (_has_token(request) or request.user.has_perm("alerts.resend_delivery")):
        raise PermissionDenied
    registry = CollectorRegistry()
    registry.register(Outbox())
    registry.register(Originals())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _has_token(request: HttpRequest) -> bool:
    sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(settings.METRICS_TOKEN) and constant_time_compare(sent, settings.METRICS_TOKEN)
