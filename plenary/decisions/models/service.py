"""Whether the service could be reached: what it cost a deadline stands on the record."""

from tortoise import fields
from tortoise.models import Model


class Interruption(Model):
    """A time in which the service could not be reached, and that it counted against nobody."""

    id = fields.IntField(primary_key=True)
    began = fields.DatetimeField()
    ended = fields.DatetimeField()
    entry = fields.IntField()

    class Meta:
        table = "interruption"


class Pulse(Model):
    """The last sign of life of any process that serves: a gap before it is an interruption."""

    id = fields.IntField(primary_key=True)
    at = fields.DatetimeField()
    # The ticks of the machine at that moment, and of which of its starts: what no one can set.
    boot = fields.CharField(64, default="", db_default="")
    ticks = fields.FloatField(null=True)

    class Meta:
        table = "pulse"
