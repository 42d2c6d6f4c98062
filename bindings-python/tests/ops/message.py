"""Mails to customers."""

from __future__ import annotations

from datetime import date
from typing import Any

import klokuur
from klokuur import MailBounds, MailPolicy
from shapes import shape


def policy(given: dict[str, Any]) -> MailPolicy:
    changes = dict(given.get("policy", {}))
    if "bounds" in changes:
        changes["bounds"] = MailBounds(**changes["bounds"])
    return MailPolicy(**{key: tuple(value) if isinstance(value, list) else value for key, value in changes.items()})


def clean_html(given: dict[str, Any]) -> Any:
    return shape(klokuur.clean_html(given["html"], policy(given)))


def may_mail(given: dict[str, Any]) -> Any:
    rules = policy(given)
    ordered, today = date.fromisoformat(given["ordered"]), date.fromisoformat(given["today"])
    return {
        "allowed": klokuur.may_mail(ordered, today, rules),
        "last": shape(klokuur.last_mail_date(ordered, rules.within_years)),
    }


def is_reply_address(given: dict[str, Any]) -> Any:
    return {"reply": klokuur.is_reply_address(given["address"], policy(given))}


OPS = {"clean_html": clean_html, "may_mail": may_mail, "is_reply_address": is_reply_address}
