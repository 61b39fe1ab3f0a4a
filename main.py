"""Every deployable function by name; infra/topology.yaml says what wakes each."""

from functions.case_list import case_list
from functions.case_page import case_page
from functions.check_deadline import check_deadline
from functions.complaint_form import complaint_form
from functions.complaint_page import complaint_page
from functions.dead_letter import dead_letter
from functions.desk_board import desk_board
from functions.desk_page import desk_page
from functions.health import health
from functions.inbound_mail import inbound_mail
from functions.morning_digest import morning_digest
from functions.read_mail import read_mail
from functions.route_complaint import route_complaint
from functions.send_notice import send_notice
from functions.sweep import sweep

__all__ = [
    "case_list",
    "case_page",
    "check_deadline",
    "complaint_form",
    "complaint_page",
    "dead_letter",
    "desk_board",
    "desk_page",
    "health",
    "inbound_mail",
    "morning_digest",
    "read_mail",
    "route_complaint",
    "send_notice",
    "sweep",
]
