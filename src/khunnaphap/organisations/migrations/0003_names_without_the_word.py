"""Names of schools are kept without โรงเรียน or รร.: papers and pages put the word before them.

Names of the register only. What was approved, handed in or recorded as an event stays as it was.
"""

from django.db import migrations

from khunnaphap.core.names import school_name


def clean_names(apps, schema_editor):
    School = apps.get_model("organisations", "School")
    differing = [
        School(pk=pk, name=school_name(name))
        for pk, name in School.objects.values_list("pk", "name").iterator(chunk_size=5000)
        if school_name(name) not in ("", name)
    ]
    School.objects.bulk_update(differing, ["name"], batch_size=1000)


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_regions_offices_and_what_schools_have")]

    operations = [migrations.RunPython(clean_names, migrations.RunPython.noop, elidable=False)]
