"""Addresses of the WhatsApp edge."""

from django.urls import path

from whatsapp.api import webhooks

urlpatterns = [path("webhooks/whatsapp/<uuid:address>/", webhooks.whatsapp, name="whatsapp-webhook")]
