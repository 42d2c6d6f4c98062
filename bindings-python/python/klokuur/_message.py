"""Mails to customers, cleaned as the marketplace cleans them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as _date
from typing import Literal, Self

from klokuur import _klokuur
from klokuur._records import Record
from klokuur._rulebook import Rulebook, rules_or_bol

__all__ = ["CleanedMail", "MailBounds", "MailPolicy", "Removed", "clean_html", "is_reply_address", "last_mail_date", "may_mail"]


@dataclass(frozen=True, slots=True)
class MailBounds(Record):
    """What a mail may weigh before it becomes plain text (ours)."""

    bytes: int = 1_048_576
    """The bytes of UTF-8 of the mail, and of the mail with its open formatting written out."""
    depth: int = 256
    """The elements that lie in one another."""
    open_formatting: int = 64
    """The formatting elements (``b``, ``a`` and the like) that are open at once."""
    attributes: int = 256
    """The attributes of one tag."""


@dataclass(frozen=True, slots=True)
class MailPolicy(Record):
    """How mails are cleaned; the defaults are bol's."""

    own_domains: tuple[str, ...] = ("bol.com",)
    """The marketplace's domains, subdomains included: links to them stay."""
    reply_domains: tuple[str, ...] = ("klantbericht.bol.com",)
    """The domains that a customer's reply comes from."""
    style_properties: tuple[str, ...] = ("font-style", "font-weight", "text-align", "text-decoration")
    """The style properties that stay (ours: it is only known that most go)."""
    within_years: int = 2
    """How long after the order a mail reaches the customer, in years."""
    bounds: MailBounds = MailBounds()
    """What a mail may weigh before it becomes plain text."""

    @classmethod
    def of(cls, rules: Rulebook | str) -> Self:
        """The policy of a rulebook."""
        return cls._of(_klokuur.mail_policy(rules_or_bol(rules)._core))


@dataclass(frozen=True, slots=True)
class Removed(Record):
    """What was taken out of a mail."""

    kind: str
    """What kind of thing: an element, an attribute, a link, …"""
    what: str
    """Its name or content."""
    count: int
    """How often."""


@dataclass(frozen=True, slots=True)
class CleanedMail(Record):
    """A mail as it reaches the customer, and what was taken out."""

    html: str
    """What is left."""
    removed: tuple[Removed, ...]
    """What was taken out."""
    plain_text: Literal["bytes", "depth", "open_formatting", "attributes", "unsettled"] | None
    """Why the mail became plain text: the bound that it is above, or markup that changed each time it was read."""


def _policy(given: MailPolicy | None) -> MailPolicy:
    # The core reads it, and says what it lacks.
    return MailPolicy() if given is None else given


def clean_html(html: str, policy: MailPolicy | None = None) -> CleanedMail:
    """A mail as it reaches the customer: links to other domains lose the link, most style attributes go.

    A mail above the policy's bounds becomes plain text, its addresses written out, and ``plain_text`` tells why.

    >>> import klokuur
    >>> klokuur.clean_html('<p style="position:fixed">See <a href="https://shop.example/faq?a=1">our page</a>.</p>').html
    '<p>See our page (https://shop.example/faq?a=1).</p>'
    """
    return CleanedMail._of(_klokuur.clean_html(html, _policy(policy)))


def is_reply_address(address: str, policy: MailPolicy | None = None) -> bool:
    """Whether a mail address is one that customers' replies come from."""
    return _klokuur.is_reply_address(address, _policy(policy))


def last_mail_date(ordered: _date, within_years: int = 2) -> _date:
    """The last date on which a mail about an order reaches the customer."""
    return _klokuur.last_mail_date(ordered, within_years)


def may_mail(ordered: _date, on: _date, policy: MailPolicy | None = None) -> bool:
    """Whether a mail about an order still reaches the customer.

    >>> from datetime import date
    >>> import klokuur
    >>> klokuur.may_mail(date(2024, 2, 29), date(2026, 2, 28))
    True
    """
    return _klokuur.may_mail(ordered, on, _policy(policy))
