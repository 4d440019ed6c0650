"""What is logged: warnings and errors to stderr, with no invitation's or reset link's token in them."""

from __future__ import annotations

import logging
from typing import Any

from khunnaphap.web.tokens import without_tokens


class HideTokens(logging.Filter):
    """Takes the token out of addresses that carry one, wherever a message or its arguments hold it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true; the record is changed in place."""
        record.msg, record.args = without_tokens(record.getMessage()), None
        return True


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"hide_tokens": {"()": HideTokens}},
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "filters": ["hide_tokens"], "formatter": "plain", "level": "ERROR"}
    },
    "loggers": {"django": {"handlers": ["stderr"], "level": "INFO", "propagate": False}},
}
