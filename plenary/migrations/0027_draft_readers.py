"""A draft is read by its authors, and by whom they choose."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from plenary.db.ops import Sql

# Of the drafts that are there, whoever wrote them: an office, or each delegation that is an author.
AUTHORS = (
    """INSERT INTO draft_reader (proposal_id, reader, entry)
    SELECT proposal.id, proposal.author, min(entry.n) FROM proposal
    JOIN entry ON entry.topic = proposal.symbol AND entry.type = 'proposal.drafted'
    WHERE proposal.tabled IS NULL GROUP BY proposal.id, proposal.author""",
    """INSERT INTO draft_reader (proposal_id, reader, entry)
    SELECT sponsor.proposal_id, 'delegation:' || delegation.code, sponsor.entry FROM sponsor
    JOIN proposal ON proposal.id = sponsor.proposal_id
    JOIN delegation ON delegation.id = sponsor.delegation_id
    WHERE proposal.tabled IS NULL AND sponsor.state = 'stands' AND sponsor.role = 'author'
    AND proposal.author <> 'delegation:' || delegation.code""",
)


class Migration(migrations.Migration):
    dependencies = [("plenary", "0026_measures")]

    operations = [
        ops.CreateModel(
            name="DraftReader",
            fields=[
                (
                    "id",
                    fields.IntField(generated=True, primary_key=True, unique=True, db_index=True),
                ),
                (
                    "proposal",
                    fields.ForeignKeyField(
                        "plenary.Proposal",
                        source_field="proposal_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="draft_readers",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("reader", fields.CharField(max_length=60, db_index=True)),
                ("entry", fields.IntField()),
            ],
            options={
                "table": "draft_reader",
                "app": "plenary",
                "unique_together": (("proposal", "reader"),),
                "pk_attr": "id",
                "table_description": "Who reads a draft: its authors, and whomever they chose. It "
                "stays when it is tabled, for",
            },
            bases=["Model"],
        ),
        Sql(sqlite=AUTHORS, postgres=AUTHORS),
    ]
