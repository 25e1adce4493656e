"""Addresses of companies, people and access."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from tenants.api import auth, me
from tenants.api.api_keys import ApiKeyViewSet
from tenants.api.audit import AuditViewSet
from tenants.api.company import CompanyView, SettingsSchemaView, SettingsView
from tenants.api.platform import PlatformCompanyViewSet, PlatformSettingsView
from tenants.api.users import UserViewSet

router = SimpleRouter()
router.register("auth/sessions", me.LoginSessionViewSet, "auth-session")
router.register("users", UserViewSet, "user")
router.register("api-keys", ApiKeyViewSet, "api-key")
router.register("audit", AuditViewSet, "audit")
router.register("platform/companies", PlatformCompanyViewSet, "platform-company")

urlpatterns = [
    path("auth/signup/", auth.SignUpView.as_view()),
    path("auth/login/", auth.LoginView.as_view()),
    path("auth/refresh/", auth.RefreshView.as_view()),
    path("auth/logout/", auth.LogoutView.as_view()),
    path("auth/switch/", auth.SwitchView.as_view()),
    path("auth/options/", auth.OptionsView.as_view()),
    path("auth/me/", me.MeView.as_view()),
    path("auth/password/forgot/", me.ForgotPasswordView.as_view()),
    path("auth/password/reset/", me.ResetPasswordView.as_view()),
    path("auth/password/change/", me.ChangePasswordView.as_view()),
    path("company/", CompanyView.as_view()),
    path("company/settings/", SettingsView.as_view()),
    path("company/settings/schema/", SettingsSchemaView.as_view()),
    path("platform/settings/", PlatformSettingsView.as_view()),
    *router.urls,
]
