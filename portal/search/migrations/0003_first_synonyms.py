"""The groups a portal of this province begins with; editors change them."""

from django.db import migrations

from portal.search.words import marked, searchable

GROUPS = (
    ("mì", "sắn", "khoai mì", "cassava"),
    ("mãng cầu", "na", "custard apple"),
    ("heo", "lợn"),
    ("bắp", "ngô"),
    ("đậu phộng", "lạc"),
    ("thơm", "khóm", "dứa"),
    ("khởi nghiệp", "startup"),
    ("đổi mới sáng tạo", "innovation"),
)


def write_first_groups(apps, schema_editor):
    Synonyms = apps.get_model("portal_search", "Synonyms")
    Synonym = apps.get_model("portal_search", "Synonym")
    for words in GROUPS:
        group = Synonyms.objects.create(words=", ".join(words))
        Synonym.objects.bulk_create(
            Synonym(
                group=group,
                folded=searchable(word).strip(),
                marked=marked(word).strip(),
                shown=word,
            )
            for word in words
        )


class Migration(migrations.Migration):
    dependencies = [("portal_search", "0002_synonyms")]

    operations = [migrations.RunPython(write_first_groups, migrations.RunPython.noop)]
