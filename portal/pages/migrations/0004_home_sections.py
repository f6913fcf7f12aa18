"""A home page becomes an arrangement of sections; what stood in its body follows them."""

import json
import uuid

import portal.pages.sections
import wagtail.fields
from django.db import migrations
from portal.pages.sections import default_arrangement


def _arranged(body):
    """The default arrangement with the old body behind it, as raw blocks."""
    arranged = [*default_arrangement(), ("content", {"heading": "", "body": body})]
    return [{"type": name, "value": value, "id": str(uuid.uuid4())} for name, value in arranged]


def body_becomes_a_section(apps, schema_editor):
    """Pages and their drafts. What had no body has the default arrangement already."""
    home_page = apps.get_model("pages", "HomePage")
    for page in home_page.objects.all():
        if body := list(page.body.raw_data):
            page.sections = json.dumps(_arranged(body))
            page.save(update_fields=["sections"])
    content_type = apps.get_model("contenttypes", "ContentType").objects.filter(
        app_label="pages", model="homepage"
    )
    revisions = apps.get_model("wagtailcore", "Revision").objects
    for revision in revisions.filter(content_type__in=content_type):
        if body := json.loads(revision.content.get("body") or "[]"):
            revision.content["sections"] = json.dumps(_arranged(body))
            revision.save(update_fields=["content"])


class Migration(migrations.Migration):

    dependencies = [
        ('pages', '0003_tables_and_galleries'),
    ]

    operations = [
        migrations.AddField(
            model_name='homepage',
            name='sections',
            field=wagtail.fields.StreamField([('doors', 2), ('news', 4), ('season', 5), ('upcoming', 7), ('figures', 10), ('partners', 17), ('content', 60)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'help_text': "Empty: the portal's own, in the reader's language.", 'label': 'Heading', 'max_length': 80, 'required': False}), 1: ('wagtail.blocks.IntegerBlock', (), {'default': 6, 'label': 'At most', 'max_value': 9, 'min_value': 1, 'search_index': False}), 2: ('wagtail.blocks.StructBlock', [[('heading', 0), ('amount', 1)]], {}), 3: ('wagtail.blocks.IntegerBlock', (), {'default': 5, 'label': 'At most', 'max_value': 8, 'min_value': 1, 'search_index': False}), 4: ('wagtail.blocks.StructBlock', [[('heading', 0), ('amount', 3)]], {}), 5: ('wagtail.blocks.StructBlock', [[('heading', 0)]], {}), 6: ('wagtail.blocks.IntegerBlock', (), {'default': 4, 'label': 'At most', 'max_value': 12, 'min_value': 1, 'search_index': False}), 7: ('wagtail.blocks.StructBlock', [[('heading', 0), ('amount', 6)]], {}), 8: ('wagtail.blocks.BooleanBlock', (), {'default': True, 'label': 'Show numbers', 'required': False}), 9: ('wagtail.blocks.IntegerBlock', (), {'default': 3, 'label': 'Charts, at most', 'max_value': 6, 'min_value': 0, 'search_index': False}), 10: ('wagtail.blocks.StructBlock', [[('heading', 0), ('numbers', 8), ('charts', 9)]], {}), 11: ('wagtail.blocks.CharBlock', (), {'label': 'Name', 'max_length': 120}), 12: ('wagtail.blocks.CharBlock', (), {'help_text': 'Begins with / on this portal, with https:// elsewhere.', 'label': 'Address', 'max_length': 250, 'required': False, 'search_index': False}), 13: ('wagtail.images.blocks.ImageChooserBlock', (), {'help_text': 'Without one the name is written.', 'label': 'Logo', 'required': False}), 14: ('wagtail.blocks.CharBlock', (), {'help_text': 'Of the logo. Empty: the name.', 'label': 'Description for screen readers', 'max_length': 160, 'required': False}), 15: ('wagtail.blocks.StructBlock', [[('name', 11), ('url', 12), ('logo', 13), ('alt', 14)]], {}), 16: ('wagtail.blocks.ListBlock', (15,), {'default': [], 'label': 'Partners', 'max_num': 24}), 17: ('wagtail.blocks.StructBlock', [[('heading', 0), ('items', 16)]], {}), 18: ('wagtail.blocks.CharBlock', (), {'label': 'Text', 'max_length': 160}), 19: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('h2', 'Heading'), ('h3', 'Subheading')], 'label': 'Level'}), 20: ('wagtail.blocks.StructBlock', [[('text', 18), ('level', 19)]], {}), 21: ('wagtail.blocks.RichTextBlock', (), {'description': 'Paragraphs, lists and links.', 'features': ['bold', 'italic', 'link', 'superscript', 'subscript', 'ol', 'ul', 'document-link', 'blockquote'], 'icon': 'pilcrow', 'label': 'Text', 'preview_value': '<p>Cuộc thi nhận hồ sơ trực tuyến, miễn phí.</p>', 'template': 'core/blocks/paragraph.html'}), 22: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Picture'}), 23: ('wagtail.blocks.CharBlock', (), {'help_text': 'What the picture shows, in one sentence. Needed unless it only decorates.', 'label': 'Description for screen readers', 'max_length': 250, 'required': False}), 24: ('wagtail.blocks.BooleanBlock', (), {'default': False, 'label': 'The picture only decorates and says nothing', 'required': False}), 25: ('wagtail.blocks.CharBlock', (), {'label': 'Caption', 'max_length': 250, 'required': False}), 26: ('wagtail.blocks.StructBlock', [[('image', 22), ('alt', 23), ('decorative', 24), ('caption', 25)]], {}), 27: ('wagtail.blocks.CharBlock', (), {'help_text': 'What the picture shows, in one sentence.', 'label': 'Description for screen readers', 'max_length': 250}), 28: ('wagtail.blocks.StructBlock', [[('image', 22), ('alt', 27)]], {}), 29: ('wagtail.blocks.ListBlock', (28,), {'label': 'Pictures', 'max_num': 12, 'min_num': 2}), 30: ('wagtail.blocks.StructBlock', [[('items', 29), ('caption', 25)]], {}), 31: ('wagtail.blocks.TextBlock', (), {'label': 'Quotation'}), 32: ('wagtail.blocks.CharBlock', (), {'label': 'Who said it', 'max_length': 160, 'required': False}), 33: ('wagtail.blocks.StructBlock', [[('text', 31), ('source', 32)]], {}), 34: ('wagtail.blocks.CharBlock', (), {'label': 'Sentence', 'max_length': 200}), 35: ('wagtail.blocks.CharBlock', (), {'label': 'Text of the button', 'max_length': 60}), 36: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page', 'required': False}), 37: ('wagtail.blocks.CharBlock', (), {'help_text': 'Begins with / on this portal, with https:// elsewhere.', 'label': 'or an address', 'max_length': 250, 'required': False, 'search_index': False}), 38: ('wagtail.blocks.StructBlock', [[('text', 34), ('label', 35), ('page', 36), ('url', 37)]], {}), 39: ('wagtail.blocks.CharBlock', (), {'label': 'Number', 'max_length': 30}), 40: ('wagtail.blocks.CharBlock', (), {'label': 'What it counts', 'max_length': 120}), 41: ('wagtail.blocks.StructBlock', [[('value', 39), ('label', 40)]], {}), 42: ('wagtail.blocks.ListBlock', (41,), {'label': 'Numbers', 'max_num': 6, 'min_num': 1}), 43: ('wagtail.blocks.StructBlock', [[('items', 42)]], {}), 44: ('wagtail.blocks.CharBlock', (), {'label': 'Question or title', 'max_length': 200}), 45: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link', 'superscript', 'subscript', 'ol', 'ul', 'document-link', 'blockquote'], 'label': 'Text'}), 46: ('wagtail.blocks.StructBlock', [[('title', 44), ('body', 45)]], {}), 47: ('wagtail.blocks.ListBlock', (46,), {'label': 'Items', 'min_num': 1}), 48: ('wagtail.blocks.StructBlock', [[('items', 47)]], {}), 49: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 120, 'required': False}), 50: ('wagtail.documents.blocks.DocumentChooserBlock', (), {}), 51: ('wagtail.blocks.ListBlock', (50,), {'label': 'Documents', 'min_num': 1}), 52: ('wagtail.blocks.StructBlock', [[('title', 49), ('documents', 51)]], {}), 53: ('wagtail.blocks.TextBlock', (), {'label': 'Text', 'required': False, 'rows': 1}), 54: ('wagtail.contrib.typed_table_block.blocks.TypedTableBlock', [[('text', 53)]], {}), 55: ('wagtail.blocks.URLBlock', (), {'label': 'Address of the video'}), 56: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 200}), 57: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Picture', 'required': False}), 58: ('wagtail.blocks.StructBlock', [[('url', 55), ('title', 56), ('poster', 57)]], {}), 59: ('wagtail.blocks.StreamBlock', [[('heading', 20), ('paragraph', 21), ('figure', 26), ('gallery', 30), ('quote', 33), ('call_to_action', 38), ('numbers', 43), ('accordion', 48), ('documents', 52), ('table', 54), ('video', 58)]], {'label': 'Content', 'required': False}), 60: ('wagtail.blocks.StructBlock', [[('heading', 0), ('body', 59)]], {})}, default=portal.pages.sections.default_arrangement, help_text='In the order they stand here. A section without anything to show is hidden.', verbose_name='sections of the page'),
        ),
        migrations.RunPython(body_becomes_a_section, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='homepage',
            name='body',
        ),
    ]
