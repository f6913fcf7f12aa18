"""Every approval that stands becomes one that asks for the tick; what waits in it goes on."""

from django.db import migrations


def convert(apps, schema_editor):
    GroupApprovalTask = apps.get_model("wagtailcore", "GroupApprovalTask")
    ReviewTask = apps.get_model("pages", "ReviewTask")
    ContentType = apps.get_model("contenttypes", "ContentType")
    kind, _made = ContentType.objects.get_or_create(app_label="pages", model="reviewtask")
    for task in GroupApprovalTask.objects.filter(content_type__model="groupapprovaltask"):
        review = ReviewTask(groupapprovaltask_ptr_id=task.pk)
        review.save_base(raw=True)  # the row of the child only
        apps.get_model("wagtailcore", "Task").objects.filter(pk=task.pk).update(content_type=kind)


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0005_review"),
        ("accounts", "0003_roles"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(convert, migrations.RunPython.noop)]
