"""Reads a calendar from standard input with the library `icalendar` and tells its events as JSON."""

import json
import sys

import icalendar


def moment(event, name):
    return event.decoded(name).isoformat() if name in event else None


def text(event, name):
    return str(event[name]) if name in event else None


calendar = icalendar.Calendar.from_ical(sys.stdin.buffer.read())
print(
    json.dumps(
        [
            {
                "uid": str(event["UID"]),
                "summary": text(event, "SUMMARY"),
                "description": text(event, "DESCRIPTION"),
                "location": text(event, "LOCATION"),
                "status": text(event, "STATUS"),
                "sequence": event.get("SEQUENCE"),
                "start": moment(event, "DTSTART"),
                "end": moment(event, "DTEND"),
                "minutes": event.decoded("DURATION").total_seconds() / 60 if "DURATION" in event else None,
                "stamp": moment(event, "DTSTAMP"),
            }
            for event in calendar.walk("VEVENT")
        ]
    )
)
