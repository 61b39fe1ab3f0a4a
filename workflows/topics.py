"""The message types by name, as infra/topology.yaml declares them; a guard test holds the two together."""

COMPLAINT_RECEIVED = "complaint-received"
COMPLAINT_DUE = "complaint-due"
NOTICE_DUE = "notice-due"
MAIL_ARRIVED = "mail-arrived"
LINK_ASKED = "link-asked"
DEAD_LETTER = "dead-letter"
