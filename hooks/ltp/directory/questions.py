"""The questions of `ltp new service`. Quick to import, since they are options of the command."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

QUESTIONS: Final[Mapping[str, str]] = {
    "name": "What is the service called?",
    "summary": "What does it do, in one or two sentences (40 words at most)?",
    "organisation": "Who gives the service?",
    "source": "Where did you read this? An id of areas/sources.yml",
    "places": "Which places is it for, with commas between them? Nothing for all of the area",
    "needs": "What does it help with? Ids of areas/needs.yml, with commas between them",
    "phone": "What number do people call?",
    "text": "What number do people text?",
    "email": "What is its email address?",
    "web": "What is the address of its website, with https://?",
    "youngest": "What is the youngest age that it is for?",
    "oldest": "What is the oldest age that it is for?",
    "hours": "When is it open, such as Mo-Fr 09:00-17:00?",
    "cost": "What does it cost? Write free where it costs nothing",
    "checked": "On what day was this last checked with the service (2026-11-22), or never?",
    "checked_by": "What is the role of the person who checked it?",
}
"""What `ltp new service` asks, in order; the same words are its options."""
