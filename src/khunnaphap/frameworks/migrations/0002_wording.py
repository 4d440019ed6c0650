"""Wording for reports beside each edition; editions that are there get the shipped one where they say the same."""

import hashlib
import json
import tomllib
from importlib.resources import files

import django.db.models.deletion
from django.db import migrations, models

EXAMPLE = "example-2567"


def give_the_shipped_wording(apps, schema_editor):
    """To each level that is word for word a level of the shipped example: the example itself, and what was made of it."""
    editions = apps.get_model("frameworks", "Edition")
    wordings = apps.get_model("frameworks", "Wording")
    folder = files("khunnaphap.frameworks") / "editions" / EXAMPLE
    shipped = tomllib.loads((folder / "wording.toml").read_text("utf-8"))
    parts = [item for item in folder.iterdir() if item.name.startswith("component-")]
    levels = _levels([tomllib.loads(part.read_text("utf-8")) for part in parts])
    for edition in editions.objects.all():
        words = {}
        for key, descriptors in _levels(edition.content["components"]).items():
            ours = list(zip(levels.get(key, []), shipped.get(key, {}).get("report", [])))
            texts = [
                ours[place][1] if place < len(ours) and ours[place][0] == text else ""
                for place, text in enumerate(descriptors)
            ]
            if any(texts):
                words[key] = {"report": texts}
        wordings.objects.create(edition=edition, words=words)
        edition.wording_digest = _digest(words) if words else ""
        edition.save(update_fields=["wording_digest"])


def _levels(components):
    return {
        one["id"]: one["levels"]
        for component in components
        for aspect in component["aspect"]
        for one in aspect["indicator"]
    }


def _digest(words):
    canonical = json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


class Migration(migrations.Migration):

    dependencies = [("frameworks", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="edition",
            name="wording_digest",
            field=models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="wording",
                        serialize=False,
                        to="frameworks.edition",
                    ),
                ),
                ("words", models.JSONField(default=dict)),
            ],
        ),
        migrations.RunPython(give_the_shipped_wording, migrations.RunPython.noop),
    ]
