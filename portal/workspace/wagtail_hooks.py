"""The first screen of the back office: what this person has to do, for every role."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.ui.components import Component

from portal.core import clock, frame
from portal.core.extension_points import gather


class TasksPanel(Component):
    """The same list as "Việc của tôi", where staff begin their day."""

    name = "portal_tasks"
    order = 10
    template_name = "workspace/admin/tasks_panel.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        far = clock.now().replace(year=9000)
        tasks = gather("portal_tasks", self.request.user)
        tasks.sort(key=lambda task: (not task.urgent, task.due or far))
        return {
            "tasks": tasks,
            "workspace_url": reverse("workspace:home"),
            "site_url": frame.home_url(),
        }


@hooks.register("construct_homepage_panels")
def my_work_first(request: HttpRequest, panels: list[Component]) -> None:
    panels.insert(0, TasksPanel(request))


@hooks.register("construct_help_menu")
def no_way_out(request: HttpRequest, menu_items: list[Any]) -> None:
    """Wagtail's own help lives on a foreign site in English: a State site sends nobody there."""
    ours = {"keyboard-shortcuts-trigger", "design"}
    menu_items[:] = [item for item in menu_items if item.name in ours]
