"""Mail and calendar, made by reading the record."""

from plenary.notices.mail import mailer

__all__ = ["mailer"]
