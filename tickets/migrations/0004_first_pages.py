from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [('tickets', '0003_schedules_by_assistants')]

    operations = [
        migrations.AddField(
            model_name='attachment',
            name='pages',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name='attachment',
            index=models.Index(
                models.F('id'),
                condition=models.Q(('mime', 'application/pdf'), ('pages', None), ('state', 'stored')),
                name='document_to_draw',
            ),
        ),
    ]
