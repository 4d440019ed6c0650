from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("programme", "0003_memos")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("number", models.PositiveSmallIntegerField(null=True)),
                ("introduction", models.TextField(blank=True)),
                ("begins", models.DateField(null=True)),
                ("until", models.DateField(null=True)),
                ("months", models.BooleanField(default=False)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="programme.account"
                    ),
                ),
            ],
            options={"ordering": ["account_id", "position"], "abstract": False},
        ),
        migrations.AddField(
            model_name="money",
            name="year",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="staffinggap",
            name="to",
            field=models.CharField(blank=True, default="", max_length=200),
            preserve_default=False,
        ),
    ]
