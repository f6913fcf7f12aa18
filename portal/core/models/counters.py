"""Numbers that must not repeat and leave no gaps when a transaction fails."""

from django.db import models, transaction


class Counter(models.Model):
    """A named counter; its row is locked while a number is drawn."""

    name = models.CharField(max_length=100, unique=True)
    value = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"

    @classmethod
    def draw(cls, name: str) -> int:
        """The next number of `name`, from 1. Runs inside the caller's transaction."""
        with transaction.atomic():
            cls.objects.get_or_create(name=name)
            row = cls.objects.select_for_update().get(name=name)
            row.value += 1
            row.save(update_fields=["value"])
            return row.value
