"""Every deployable function by name; infra/topology.yaml says what wakes each."""

from functions.case_page import case_page
from functions.check_deadline import check_deadline
from functions.complaint_form import complaint_form
from functions.complaint_page import complaint_page
from functions.dead_letter import dead_letter
from functions.desk_page import desk_page
from functions.health import health
from functions.morning_digest import morning_digest
from functions.route_complaint import route_complaint
from functions.send_notice import send_notice
from functions.sweep import sweep

__all__ = [
    "case_page",
    "check_deadline",
    "complaint_form",
    "complaint_page",
    "dead_letter",
    "desk_page",
    "health",
    "morning_digest",
    "route_complaint",
    "send_notice",
    "sweep",
]
