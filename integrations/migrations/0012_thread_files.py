from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('integrations', '0011_recordings'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='threadfile',
            name='picture',
        ),
        migrations.AddField(
            model_name='threadfile',
            name='data',
            field=models.BinaryField(default=b''),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='threadfile',
            name='trouble',
            field=models.CharField(blank=True, max_length=24),
        ),
    ]
