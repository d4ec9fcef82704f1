"""A version is found by its fingerprint without reading all of them."""

from tortoise import migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("plenary", "0016_senders_of_forms")]

    operations = [ops.AddIndex(model_name="Version", index=Index(fields=["fingerprint"]))]
