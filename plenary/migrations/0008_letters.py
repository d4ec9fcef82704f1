"""A letter waits until it is no news; why it has not left is kept; an installation has a name."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from plenary.db.ops import Sql

# Random, and made where the row is: no two installations have the same.
KEY = Sql(
    sqlite=("INSERT INTO installation (id, key) VALUES (1, lower(hex(randomblob(16))))",),
    postgres=("INSERT INTO installation (id, key) VALUES (1, md5(gen_random_uuid()::text))",),
)


class Migration(migrations.Migration):
    dependencies = [("plenary", "0007_symbols")]

    operations = [
        ops.AddField(model_name="Notice", name="ended", field=fields.DatetimeField(null=True)),
        ops.AddField(
            model_name="Notice",
            name="failed",
            field=fields.CharField(db_default="", max_length=12),
        ),
        ops.CreateModel(
            name="Installation",
            fields=[
                (
                    "id",
                    fields.IntField(generated=True, primary_key=True, unique=True, db_index=True),
                ),
                ("key", fields.CharField(max_length=32)),
            ],
            options={
                "table": "installation",
                "app": "plenary",
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        KEY,
    ]
