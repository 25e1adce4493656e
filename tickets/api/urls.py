"""Addresses of conversations and what they are made of."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from tickets.api.bulk_jobs import BulkJobViewSet
from tickets.api.connections import ConnectionViewSet
from tickets.api.contact_imports import ContactImportViewSet
from tickets.api.contact_jobs import ContactJobViewSet
from tickets.api.contact_merges import ContactMergeViewSet
from tickets.api.contact_notes import ContactNoteViewSet
from tickets.api.contacts import ContactViewSet
from tickets.api.costs import CostViewSet, PriceViewSet, TicketCostViewSet
from tickets.api.drafts import DraftsViewSet, DraftViewSet
from tickets.api.duplicates import DuplicateViewSet
from tickets.api.fields import FieldViewSet
from tickets.api.forwarding import ForwardViewSet
from tickets.api.hours import HoursViewSet
from tickets.api.macros import MacroViewSet
from tickets.api.media import MediaView
from tickets.api.menus import MenuViewSet
from tickets.api.messages import MessageViewSet, ThreadViewSet
from tickets.api.notifications import NotificationViewSet, PushSubscriptionViewSet
from tickets.api.queues import QueueViewSet
from tickets.api.quick_replies import QuickReplyViewSet
from tickets.api.ratings import RatingViewSet
from tickets.api.schedules import ScheduledMessageViewSet
from tickets.api.search import SearchViewSet
from tickets.api.segments import SegmentViewSet
from tickets.api.sla import SlaPolicyViewSet
from tickets.api.tags import TagViewSet
from tickets.api.templates import TemplateViewSet
from tickets.api.tickets import TicketViewSet
from tickets.api.uploads import UploadViewSet
from tickets.api.variables import PhrasesView, VariablePreviewView
from tickets.api.views import ViewViewSet
from tickets.api.workload import WorkloadViewSet

router = SimpleRouter()
router.register("tickets", TicketViewSet, "ticket")
router.register(r"tickets/(?P<pk>[0-9]{1,18})/messages", ThreadViewSet, "thread")
router.register("messages", MessageViewSet, "message")
router.register("uploads", UploadViewSet, "upload")
router.register("contacts", ContactViewSet, "contact")
router.register("contact-duplicates", DuplicateViewSet, "contact-duplicate")
router.register("contact-imports", ContactImportViewSet, "contact-import")
router.register("contact-jobs", ContactJobViewSet, "contact-job")
router.register("contact-merges", ContactMergeViewSet, "contact-merge")
router.register("contact-notes", ContactNoteViewSet, "contact-note")
router.register("segments", SegmentViewSet, "segment")
router.register("queues", QueueViewSet, "queue")
router.register("sla-policies", SlaPolicyViewSet, "sla-policy")
router.register("tags", TagViewSet, "tag")
router.register("views", ViewViewSet, "view")
router.register("bulk-jobs", BulkJobViewSet, "bulk-job")
router.register("search/tickets", SearchViewSet, "search")
router.register("fields", FieldViewSet, "field")
router.register("drafts", DraftsViewSet, "draft")
router.register("quick-replies", QuickReplyViewSet, "quick-reply")
router.register("templates", TemplateViewSet, "template")
router.register("macros", MacroViewSet, "macro")
router.register("menus", MenuViewSet, "menu")
router.register("ratings", RatingViewSet, "rating")
router.register("scheduled-messages", ScheduledMessageViewSet, "scheduled-message")
router.register("hours", HoursViewSet, "hours")
router.register("notifications", NotificationViewSet, "notification")
router.register("push-subscriptions", PushSubscriptionViewSet, "push-subscription")
router.register("prices", PriceViewSet, "price")
router.register("connections", ConnectionViewSet, "connection")

draft = DraftViewSet.as_view({"get": "retrieve", "put": "update", "delete": "destroy"})

duplicates = DuplicateViewSet.as_view({"get": "pairs"})

urlpatterns = [
    path("costs/", CostViewSet.as_view({"get": "report"}), name="costs"),
    path("costs/export/", CostViewSet.as_view({"get": "export"}), name="costs-export"),
    path("costs/again/", CostViewSet.as_view({"post": "again"}), name="costs-again"),
    path("costs/estimate/", CostViewSet.as_view({"post": "estimate"}), name="costs-estimate"),
    path("tickets/<int:pk>/cost/", TicketCostViewSet.as_view({"get": "retrieve"}), name="ticket-cost"),
    path("contact-duplicates/", duplicates, name="contact-duplicates"),
    path("tickets/<int:pk>/draft/", draft, name="ticket-draft"),
    path("messages/<int:pk>/forward/", ForwardViewSet.as_view({"post": "create"}), name="message-forward"),
    path("media/<uuid:uuid>/<str:name>", MediaView.as_view(), name="media"),
    path("phrases/", PhrasesView.as_view(), name="phrases"),
    path("variables/preview/", VariablePreviewView.as_view(), name="variables-preview"),
    path("workload/", WorkloadViewSet.as_view({"get": "now"}), name="workload"),
    *router.urls,
]
