"""Reports audit events to Foundling with only Avro, Kafka and the schema registry. You can copy this file.

Debian: apt-get install python3-avro python3-confluent-kafka. It uses this Kafka client (librdkafka) and not
python3-kafka, which has no idempotent producer: a retry could write an event twice or change the order of events.
"""

import io
import json
import os
import socket
import sys
import time
import urllib.parse
import urllib.request
import uuid

import avro.io
import avro.schema
from confluent_kafka import KafkaException, Producer


class Fact(dict):
    """The body of an event, with the name of its record."""

    def __init__(self, name, **fields):
        super().__init__(fields)
        self.name = name


class FactWriter(avro.io.DatumWriter):
    """Names the branch of a union. Python's Avro takes the last one that fits, so a Deferred would become an Extended."""

    def write_union(self, writers_schema, datum, encoder):
        if not isinstance(datum, Fact):
            return super().write_union(writers_schema, datum, encoder)
        branch = [schema.name for schema in writers_schema.schemas].index(datum.name)
        encoder.write_long(branch)
        return self.write_data(writers_schema.schemas[branch], datum, encoder)

    def write_record(self, writers_schema, datum, encoder):
        """Writes the defaults, because Python's Avro does not."""
        unknown = set(datum) - {field.name for field in writers_schema.fields}
        if unknown:
            raise ValueError(f"{writers_schema.name} has no field {', '.join(sorted(unknown))}")
        for field in writers_schema.fields:
            self.write_data(field.type, datum.get(field.name, field.default), encoder)


class AuditRecorder:
    """Raises OSError if the registry does not answer or does not know the topic's schema."""

    def __init__(self, servers, registry, service, topic="audit.events"):
        self.topic = topic
        self.reporter = {"service": service, "instance": socket.gethostname(), "version": "unknown", "dropped": 0}
        self.schema_id, self.schema = latest_schema(registry, topic + "-value")
        self.kafka = Producer({
            "bootstrap.servers": servers,
            "acks": "all",
            "enable.idempotence": True,
            # The default of librdkafka is CRC32; Java, and so Foundling, uses murmur2.
            "partitioner": "murmur2_random",
        })

    def record(self, subject, body, parent=None):
        now_ns = time.time_ns()
        event = {
            "eventId": uuid7(now_ns), "subject": subject, "parent": parent, "occurredAt": now_ns // 1_000_000,
            "producer": self.reporter, "body": body}
        value = self.encode(event)
        try:
            self.kafka.produce(self.topic, key=key(subject), value=value, on_delivery=self.delivered)
        except (BufferError, KafkaException) as error:
            self.drop(error)
        self.kafka.poll(0)

    def encode(self, event):
        """Confluent's wire format: a zero byte, the schema id, the Avro binary."""
        value = io.BytesIO()
        value.write(b"\0" + self.schema_id.to_bytes(4, "big"))
        FactWriter().write_data(self.schema, event, avro.io.BinaryEncoder(value))
        return value.getvalue()

    def delivered(self, error, message):
        if error is not None:
            self.drop(error)

    def drop(self, error):
        """Counts a lost event. The next events carry the count, so Foundling knows that its picture is incomplete."""
        self.reporter["dropped"] += 1
        print("audit event lost:", error, file=sys.stderr)

    def close(self, seconds):
        """Returns how many events of this recorder were not written."""
        return self.kafka.flush(seconds) + self.reporter["dropped"]


def latest_schema(registry, subject):
    with urllib.request.urlopen(f"{registry}/subjects/{subject}/versions/latest", timeout=10) as answer:
        found = json.load(answer)
    return found["id"], avro.schema.parse(json.dumps(plain(json.loads(found["schema"]))))


def plain(schema):
    """Removes logical types, so that ids are text and times are milliseconds, as on the wire."""
    if isinstance(schema, dict):
        return {name: plain(part) for name, part in schema.items() if name != "logicalType"}
    return [plain(part) for part in schema] if isinstance(schema, list) else schema


def key(subject):
    """With safe="", quote() encodes everything except the unreserved characters of RFC 3986."""
    parts = [urllib.parse.quote(subject[part], safe="") for part in ("source", "stage", "id")]
    return "/".join([subject["kind"].lower(), *parts])


def uuid7(now_ns):
    """Milliseconds, 12 bits for the rest of the time so that ids are ordered within a millisecond, 62 random bits."""
    now_ms, rest_ns = divmod(now_ns, 1_000_000)
    random = int.from_bytes(os.urandom(8), "big") >> 2
    return str(uuid.UUID(int=now_ms << 80 | 7 << 76 | (rest_ns * 4096 // 1_000_000) << 64 | 2 << 62 | random))
