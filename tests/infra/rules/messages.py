"""Messages and ticks: each has a reader, a last place that somebody reads, and enough time."""

from __future__ import annotations
import inspect

from functions.app.container import DATA
from functions.app.data_files import load_policy
from tests.infra.planning import VARIABLES, Planned
from tests.infra.rules.access import service_of
from workflows.adapters.smtp import SmtpMailer


def every_topic_has_one_reader(plan: Planned) -> list[str]:
    """Its function, by push, with the token of Pub/Sub's account and for that service alone."""
    topics = sorted(topic["name"] for topic in plan.of("google_pubsub_topic"))
    read = sorted(subscription["topic"] for subscription in plan.of("google_pubsub_subscription"))
    wrong = [] if topics == read == sorted(plan.topology.by_topic) else [f"topics {topics}, read {read}"]
    for subscription in plan.of("google_pubsub_subscription"):
        topic, pushed = subscription["topic"], subscription["push_config"][0]
        endpoint, audience = _address(plan, plan.topology.by_topic[topic].name, "_push")
        token = pushed["oidc_token"][0]
        if (pushed["push_endpoint"], token["audience"]) != (endpoint, audience):
            wrong.append(f"{topic} is pushed to {pushed['push_endpoint']} for {token['audience']}")
        if not token["service_account_email"].startswith("laksa-from-pubsub@"):
            wrong.append(f"{topic} is pushed by {token['service_account_email']}")
        if subscription["expiration_policy"][0]["ttl"] != "":
            wrong.append(f"{topic}: its subscription goes away in a quiet month")
    return wrong


def every_topic_has_a_dead_letter_that_somebody_reads(plan: Planned) -> list[str]:
    """What no push could bring goes to a topic with a subscription of its own."""
    last = f"projects/kota/topics/{plan.topology.push.dead_letter_topic}"
    read = {subscription["topic"] for subscription in plan.of("google_pubsub_subscription")}
    wrong = []
    for subscription in plan.of("google_pubsub_subscription"):
        if subscription["topic"] == plan.topology.push.dead_letter_topic:
            continue
        policies = subscription["dead_letter_policy"]
        if [policy["dead_letter_topic"] for policy in policies] != [last]:
            wrong.append(f"{subscription['topic']} has no dead letter")
        elif last.rsplit("/", 1)[1] not in read:
            wrong.append(f"nobody reads the dead letters of {subscription['topic']}")
    return wrong


def every_tick_is_on_the_schedule(plan: Planned) -> list[str]:
    """In the city's time, to its function, with the scheduler's own account."""
    jobs = {job["name"]: job for job in plan.of("google_cloud_scheduler_job")}
    wrong = []
    for function in plan.topology.scheduled:
        job = jobs.pop(f"laksa-{function.name.replace('_', '-')}")
        target, token = job["http_target"][0], job["http_target"][0]["oidc_token"][0]
        address, audience = _address(plan, function.name, "_tick")
        told = (job["schedule"], job["time_zone"], target["uri"], token["audience"], target["http_method"])
        if told != (function.cron, "Asia/Jakarta", address, audience, "POST"):
            wrong.append(f"{function.name}: {told}")
        if not token["service_account_email"].startswith("laksa-from-scheduler@"):
            wrong.append(f"{function.name} is woken by {token['service_account_email']}")
    return wrong + [f"nobody asked for {name}" for name in jobs]


def the_one_that_waits_is_more_patient(plan: Planned) -> list[str]:
    """ackDeadline > function timeout > SMTP timeout, and a lease outlives the function that holds it."""
    smtp = inspect.signature(SmtpMailer).parameters["timeout"].default
    lease = load_policy(DATA / "policy.toml").mail.lease.total_seconds()
    timeouts = {s["name"]: int(s["template"][0]["timeout"][:-1]) for s in plan.of("google_cloud_run_v2_service")}
    wrong = []
    for subscription in plan.of("google_pubsub_subscription"):
        timeout, ack = timeouts[service_of(plan, subscription["name"])], subscription["ack_deadline_seconds"]
        if not ack > timeout > smtp:
            wrong.append(f"{subscription['name']}: not {ack} > {timeout} > {smtp}")
        if not lease > timeout:
            wrong.append(f"{subscription['name']}: a lease of {lease} is not longer than {timeout}")
    for job in plan.of("google_cloud_scheduler_job"):
        if int(job["attempt_deadline"][:-1]) <= timeouts.get(job["name"], timeouts.get("laksa-city", 0)):
            wrong.append(f"{job['name']}: the scheduler gives up first")
    return wrong


def _address(plan: Planned, function: str, prefix: str) -> tuple[str, str]:
    """Where a function is woken, and for whom the token is."""
    service = f"https://{service_of(plan, function)}.run.example"
    if plan.size == "besar":
        return f"{service}/", service
    return f"{service}/{prefix}/{function}", f"{VARIABLES['url']}/{prefix}"
