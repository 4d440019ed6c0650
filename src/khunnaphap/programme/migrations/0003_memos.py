from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("programme", "0002_places_and_parties")]

    operations: ClassVar = [
        migrations.AlterField(
            model_name="letter",
            name="kind",
            field=models.CharField(
                choices=[
                    ("letter", "หนังสือ"),
                    ("order", "คำสั่ง"),
                    ("announcement", "ประกาศ"),
                    ("memo", "บันทึกข้อความ"),
                ],
                max_length=12,
            ),
        ),
    ]
