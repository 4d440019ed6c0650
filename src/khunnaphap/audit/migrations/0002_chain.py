"""Chain the events that are there, in the order they were written."""

from typing import Any

from django.db import migrations, models

from khunnaphap.audit.models import FIRST, Event


def chain(apps: Any, schema_editor: Any) -> None:
    digest, number = FIRST, 0
    old = apps.get_model("audit", "Event")
    fields = ("pk", "at", "actor", "verb", "subject", "data")
    for row in old.objects.order_by("pk").values(*fields).iterator(chunk_size=2000):
        number += 1
        pk = row.pop("pk")
        digest = Event(number=number, **row).digest_after(digest)
        old.objects.filter(pk=pk).update(number=number, digest=digest)
    apps.get_model("audit", "ChainHead").objects.create(pk=1, events=number, digest=digest)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="ChainHead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("events", models.PositiveBigIntegerField(default=0)),
                ("digest", models.CharField(default=FIRST, max_length=64)),
            ],
        ),
        migrations.AddField("event", "number", models.PositiveBigIntegerField(null=True)),
        migrations.AddField("event", "key", models.UUIDField(null=True, unique=True)),
        migrations.AddField("event", "digest", models.CharField(default="", max_length=64), preserve_default=False),
        migrations.AlterField("event", "actor", models.CharField(db_index=True, max_length=150)),
        migrations.RunPython(chain, migrations.RunPython.noop),
        migrations.AlterField("event", "number", models.PositiveBigIntegerField(unique=True)),
    ]
