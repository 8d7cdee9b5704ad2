#!/usr/bin/env python3
"""Reads a county's queue, keeps every message as a file, responds to it and, with --accept, accepts handoffs.

    AMQP_URL=amqps://user:password@host:5671/region-08 python3 region_client.py [--accept] [--folder received]
"""
import argparse
import hashlib
import json
import os
import re
import time
import uuid

import pika
from pika.exceptions import AMQPError

PROPERTIES = pika.BasicProperties(content_type="application/fhir+json", delivery_mode=2)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accept", action="store_true")
    parser.add_argument("--folder", default="received")
    options = parser.parse_args()
    os.makedirs(options.folder, mode=0o700, exist_ok=True)
    while True:
        try:
            serve(options)
        except AMQPError as fault:
            print(f"{type(fault).__name__}; connecting again", flush=True)
        time.sleep(1)


def serve(options):
    with pika.BlockingConnection(pika.URLParameters(os.environ["AMQP_URL"])) as connection:
        channel = connection.channel()
        channel.confirm_delivery()
        channel.basic_qos(prefetch_count=16)
        print("reading", flush=True)
        for method, _, body in channel.consume("inbox"):
            take(channel, body, options)
            channel.basic_ack(method.delivery_tag)


def take(channel, body, options):
    bundle = json.loads(body)
    header = bundle["entry"][0]["resource"]
    if "response" in header:
        # What became of a message of ours. It is not responded to.
        print(f"{header['response']['identifier']}: {header['response']['code']}", flush=True)
        return
    # Kept before it is responded to. A message may come twice: its MessageHeader.id tells.
    event = header["eventCoding"]["code"]
    known = keep(options.folder, header["id"], body)
    print(f"{header['id']}: {event}{' again' if known else ''}", flush=True)
    publish(channel, message(header, "ok", {"response": {"identifier": header["id"], "code": "ok"}}))
    if options.accept and event == "handoff-request":
        publish(channel, acceptance(bundle, header))


def keep(folder, message_id, body):
    if not re.fullmatch("[A-Za-z0-9-]{1,64}", message_id):
        raise ValueError("not an id")
    path = os.path.join(folder, f"{message_id}.json")
    if os.path.exists(path):
        return True
    with open(os.open(f"{path}.part", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as part:
        part.write(body)
        part.flush()
        os.fsync(part.fileno())
    os.rename(f"{path}.part", path)
    return False


def acceptance(bundle, header):
    focus = header["focus"][0]["reference"]
    task = next(
        entry["resource"] for entry in bundle["entry"]
        if focus in (entry["fullUrl"], f"Task/{entry['resource']['id']}"))
    answer = {key: task[key] for key in ("identifier", "groupIdentifier", "intent", "code") if key in task}
    answer |= {"resourceType": "Task", "id": id_of(header, "accepted task"), "status": "accepted"}
    about = header | {"eventCoding": header["eventCoding"] | {"code": "handoff-response"}}
    return message(about, "accepted", {"focus": [{"reference": f"urn:uuid:{answer['id']}"}]}, answer)


def message(about, purpose, more, *content):
    """The same ids whenever it is made anew, so that a message that is sent twice is known as one."""
    header = {
        "resourceType": "MessageHeader", "id": id_of(about, f"{purpose} header"), "eventCoding": about["eventCoding"],
        "source": {"name": "A region", "endpoint": "urn:x:region-client"},
    } | more
    return {
        "resourceType": "Bundle", "id": id_of(about, f"{purpose} bundle"), "type": "message",
        "entry": [{"fullUrl": f"urn:uuid:{one['id']}", "resource": one} for one in (header, *content)],
    }


def id_of(header, purpose):
    digest = hashlib.sha256(f"{header['id']} {purpose}".encode()).digest()
    return str(uuid.UUID(bytes=digest[:16], version=5))


def publish(channel, bundle):
    # Returns when the broker has it; raises when nobody would get it.
    channel.basic_publish("outbox", "", json.dumps(bundle).encode(), PROPERTIES, mandatory=True)


if __name__ == "__main__":
    main()
