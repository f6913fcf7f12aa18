"""“Việc của tôi”: one page that answers what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.views.generic import TemplateView

from portal.core.extension_points import Task, gather
from portal.core.models import Notice

NOTICES_SHOWN = 8
NO_DEADLINE = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Group:
    """Tasks that belong together, the most pressing first."""

    title: str
    tasks: Sequence[Task]


def _pressing(task: Task) -> tuple[bool, datetime]:
    return not task.urgent, task.due or NO_DEADLINE


def grouped(tasks: Sequence[Task]) -> list[Group]:
    """Tasks by group; within and among groups the urgent and the sooner due come first."""
    found: dict[str, list[Task]] = {}
    for task in sorted(tasks, key=_pressing):
        found.setdefault(str(task.group), []).append(task)
    return [Group(title, own) for title, own in found.items()]


class Home(LoginRequiredMixin, TemplateView):
    template_name = "workspace/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tasks = gather("portal_tasks", self.request.user)
        return super().get_context_data(
            groups=grouped(tasks),
            doors=[] if tasks else gather("portal_doors", self.request),
            notices=Notice.objects.filter(recipient=self.request.user)[:NOTICES_SHOWN],
            portal_task_count=sum(task.count for task in tasks),
            **kwargs,
        )
