from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [('tickets', '0002_search')]

    operations = [
        migrations.AddField(
            model_name='scheduledmessage',
            name='by_assistant',
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
