"""Reads a calendar from standard input with the library `icalendar` and tells its one event as JSON."""

import json
import sys

import icalendar

calendar = icalendar.Calendar.from_ical(sys.stdin.buffer.read())
events = calendar.walk("VEVENT")
assert len(events) == 1, f"{len(events)} events"
event = events[0]
print(
    json.dumps(
        {
            "uid": str(event["UID"]),
            "summary": str(event["SUMMARY"]),
            "location": str(event["LOCATION"]),
            "start": event.decoded("DTSTART").isoformat(),
            "end": event.decoded("DTEND").isoformat(),
            "stamp": event.decoded("DTSTAMP").isoformat(),
        }
    )
)
