"""The five roles of the department as groups. What each may do is granted after migrations."""

from django.db import migrations

ROLES = ("Administrators", "Directors", "Editors", "Officers", "Front desk")


def make_roles(apps, schema_editor):
    """Wagtail brings "Editors", which becomes ours, and "Moderators", whose place directors take."""
    Group = apps.get_model("auth", "Group")
    for name in ROLES:
        Group.objects.get_or_create(name=name)
    directors = Group.objects.get(name="Directors")
    moderators = Group.objects.filter(name="Moderators").first()
    if moderators is None:
        return
    GroupApprovalTask = apps.get_model("wagtailcore", "GroupApprovalTask")
    for task in GroupApprovalTask.objects.filter(groups=moderators):
        task.groups.set([directors])
        task.name = "Lãnh đạo duyệt"
        task.save(update_fields=["name"])
    apps.get_model("wagtailcore", "Workflow").objects.filter(name="Moderators approval").update(
        name="Lãnh đạo duyệt"
    )
    apps.get_model("wagtailcore", "GroupPagePermission").objects.filter(group=moderators).delete()
    moderators.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
