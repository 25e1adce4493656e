from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [('integrations', '0002_knowledge_search')]

    operations = [
        migrations.AddField(
            model_name='aicall',
            name='is_estimated',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='aiprovider',
            name='unpriced_for',
            field=models.CharField(blank=True, max_length=7),
        ),
        migrations.AddIndex(
            model_name='aicall',
            index=models.Index(
                condition=models.Q(('outcome', 'asking')), fields=['at'], name='ai_call_open'
            ),
        ),
    ]
