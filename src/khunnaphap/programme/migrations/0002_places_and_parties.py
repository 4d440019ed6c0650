"""Places in an office's own sequence, months without a day, several parties of one sum."""

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_NUMBER = {"null": True}
_STEP = {"blank": True, "default": "", "max_length": 200}


def keep_what_is_there(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    """The one party becomes the first of several; a step's name and text become one line."""
    for money in apps.get_model("programme", "Money").objects.all():
        money.parties = [[money.party, None]]
        money.save(update_fields=["parties"])
    for practice in apps.get_model("programme", "GoodPractice").objects.all():
        practice.steps = [f"{name}: {text}" if text else name for name, text in practice.steps]
        practice.save(update_fields=["steps"])


class Migration(migrations.Migration):
    dependencies: ClassVar = [("programme", "0001_initial"), ("organisations", "0001_initial")]

    operations: ClassVar = [
        *(
            migrations.AddField(name, "number", models.PositiveIntegerField(**_NUMBER))
            for name in ("candidate", "committee", "activity", "submission", "money", "support")
        ),
        *(
            migrations.AddField(name, "step", models.CharField(**_STEP), preserve_default=False)
            for name in ("committee", "submission", "money", "support")
        ),
        migrations.AddField("candidate", "announced_number", models.PositiveIntegerField(**_NUMBER)),
        migrations.AddField(
            "candidate",
            "proposed",
            models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to="programme.letter"),
        ),
        migrations.AddField("occasion", "whole_month", models.BooleanField(default=False)),
        migrations.AddField("submission", "due_month", models.BooleanField(default=False)),
        migrations.AddField("statement", "to", models.CharField(**_STEP), preserve_default=False),
        *(
            migrations.AddField(
                "inspection", name, models.CharField(blank=True, default="", max_length=size), preserve_default=False
            )
            for name, size in (("policy", 200), ("issue_number", 10), ("issue", 200))
        ),
        migrations.AddField("money", "parties", models.JSONField(default=list)),
        migrations.RunPython(keep_what_is_there, migrations.RunPython.noop),
        migrations.RemoveField("money", "party"),
    ]
