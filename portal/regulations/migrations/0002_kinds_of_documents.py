"""The kinds of documents every department has; editors may change the list."""

from django.db import migrations

KINDS = (
    ("Luật", "Law", "luat"),
    ("Nghị quyết", "Resolution", "nghi-quyet"),
    ("Nghị định", "Decree", "nghi-dinh"),
    ("Quyết định", "Decision", "quyet-dinh"),
    ("Chỉ thị", "Directive", "chi-thi"),
    ("Thông tư", "Circular", "thong-tu"),
    ("Kế hoạch", "Plan", "ke-hoach"),
    ("Hướng dẫn", "Guidance", "huong-dan"),
    ("Công văn", "Official letter", "cong-van"),
)


def add_kinds(apps, schema_editor):
    kinds = apps.get_model("regulations", "DocumentKind")
    for order, (label, label_en, slug) in enumerate(KINDS, start=1):
        kinds.objects.get_or_create(
            slug=slug, defaults={"label": label, "label_en": label_en, "order": order}
        )


class Migration(migrations.Migration):
    dependencies = [("regulations", "0001_initial")]
    operations = [migrations.RunPython(add_kinds, migrations.RunPython.noop)]
