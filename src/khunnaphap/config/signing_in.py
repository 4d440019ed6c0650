"""Settings of signing in: django-allauth does it, nobody signs up uninvited."""

from __future__ import annotations

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "work"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "khunnaphap.accounts.adapter.InvitedOnly"
ACCOUNT_FORMS = {"login": "khunnaphap.web.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[คุณภาพ] "
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,5/5m/key"}  # the key is a name at an address (accounts/adapter)
PASSWORD_RESET_TIMEOUT = 24 * 3600
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
MFA_ADAPTER = "allauth.mfa.adapter.DefaultMFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "khunnaphap.web.forms.AuthenticateForm",
    "reauthenticate": "khunnaphap.web.forms.ReauthenticateForm",
    "activate_totp": "khunnaphap.web.forms.ActivateTOTPForm",
    "add_webauthn": "khunnaphap.web.passkeys.AddForm",
    "edit_webauthn": "khunnaphap.web.passkeys.EditForm",
    "login_webauthn": "khunnaphap.web.passkeys.LoginForm",
    "authenticate_webauthn": "khunnaphap.web.passkeys.AuthenticateForm",
    "reauthenticate_webauthn": "khunnaphap.web.passkeys.ReauthenticateForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "คุณภาพ"
MFA_TOTP_TOLERANCE = 1  # a phone whose clock is half a minute off still signs in
USERSESSIONS_TRACK_ACTIVITY = False
