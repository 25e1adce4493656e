from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [('tickets', '0005_portfolios')]

    operations = [
        migrations.AddField(
            model_name='connection',
            name='status_code',
            field=models.CharField(blank=True, db_default='', max_length=40),
        ),
    ]
