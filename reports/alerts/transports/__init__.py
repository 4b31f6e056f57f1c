from reports.alerts.models import Channel
from reports.alerts.transports.base import Transport
from reports.alerts.transports.email import Email
from reports.alerts.transports.portal import Portal
from reports.alerts.transports.webhook import Webhook

TRANSPORTS: dict[str, type[Transport]] = {
    Channel.EMAIL: Email,
    Channel.PORTAL: Portal,
    Channel.WEBHOOK: Webhook,
}
