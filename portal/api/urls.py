from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from portal.api import docs, errors
from portal.api.feed import ChangeViewSet
from reports.alerts.api import AlertViewSet, MessageViewSet, SearchViewSet, SubscriptionViewSet, WebhookViewSet
from reports.conditions.api import ConditionReportViewSet, IncidentViewSet, MonumentViewSet
from reports.evidence.api import EvidenceViewSet, UploadViewSet
from reports.evidence.packages.api import EvidencePackageViewSet
from reports.inspections.api import InspectionViewSet
from reports.restoration.api import (
    CostViewSet,
    MilestoneViewSet,
    PlanViewSet,
    PledgeViewSet,
    PriorityViewSet,
    ProspectViewSet,
    StatementViewSet,
)
from reports.situation.api import PartyViewSet, SituationEventViewSet
from reports.situation_reports.api import SituationReportViewSet
from reports.situation_reports.story_api import StoryViewSet
from sites.api import SiteViewSet

router = SimpleRouter()
router.register("sites", SiteViewSet, basename="site")
router.register("monuments", MonumentViewSet, basename="monument")
router.register("condition-reports", ConditionReportViewSet, basename="condition-report")
router.register("priorities", PriorityViewSet, basename="priority")
router.register("plans", PlanViewSet, basename="plan")
router.register("costs", CostViewSet, basename="cost")
router.register("pledges", PledgeViewSet, basename="pledge")
router.register("milestones", MilestoneViewSet, basename="milestone")
router.register("statements", StatementViewSet, basename="statement")
router.register("prospects", ProspectViewSet, basename="prospect")
router.register("subscriptions", SubscriptionViewSet, basename="subscription")
router.register("webhooks", WebhookViewSet, basename="webhook")
router.register("messages", MessageViewSet, basename="message")
router.register("alerts", AlertViewSet, basename="alert")
router.register("searches", SearchViewSet, basename="search")
router.register("situation-reports", SituationReportViewSet, basename="situation-report")
router.register("evidence", EvidenceViewSet, basename="evidence")
router.register("uploads", UploadViewSet, basename="upload")
router.register("evidence-packages", EvidencePackageViewSet, basename="evidence-package")
router.register("inspections", InspectionViewSet, basename="inspection")
router.register("situation-events", SituationEventViewSet, basename="situation-event")
router.register("parties", PartyViewSet, basename="party")
router.register("stories", StoryViewSet, basename="story")
router.register("incidents", IncidentViewSet, basename="incident")
router.register("changes", ChangeViewSet, basename="change")

app_name = "api"
urlpatterns = [
    path("v1/", include(router.urls)),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", docs.ApiDocs.as_view(), name="docs"),
    re_path(r"^.*$", errors.not_found),
]
