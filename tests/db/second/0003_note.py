from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint


class Migration(migrations.Migration):
    dependencies = [("plenary", "0002_status")]
    operations = [
        ops.RemoveField("Question", "note"),
        ops.AddConstraint(
            "Question",
            CheckConstraint(check="status IN ('open', 'closed')", name="question_status"),
        ),
    ]
