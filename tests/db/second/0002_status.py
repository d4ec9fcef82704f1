from tortoise import fields, migrations
from tortoise.migrations import operations as ops


async def fill(apps, editor):
    question = apps.get_model("plenary", "Question")
    await question.filter(status=None).using_db(editor.client).update(status="open")


class Migration(migrations.Migration):
    dependencies = [("plenary", "0001_initial")]
    operations = [
        ops.RunPython(fill),
        ops.AlterField("Question", "status", fields.CharField(max_length=20, db_default="open")),
    ]
