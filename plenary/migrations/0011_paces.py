"""How much one delegation or office has written of late is found without reading all it wrote."""

from tortoise import migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("plenary", "0010_forms_set_aside")]

    operations = [
        ops.AddIndex(model_name="Entry", index=Index(fields=["actor", "type", "n"])),
    ]
