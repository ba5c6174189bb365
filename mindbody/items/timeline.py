"""Life and symptoms on one time line: the links that the record bears out, and how well each one stands."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from mindbody.items.base import (
    TEXT_LIMIT,
    Context,
    Credit,
    Fault,
    FieldName,
    ItemForm,
    KeyForm,
    Kind,
    Strict,
    Text,
    hundredths,
    missing_whys,
)
from mindbody.marking import FULL, Group, MarkingTable

UNLISTED = -25
RATINGS: Mapping[str, tuple[str, str]] = {
    "evidenced": ("Evidenced", "the record says it, or shows it in time and in the patient’s own words"),
    "plausible": ("Plausible", "it fits, and the record leaves it open"),
    "invented": ("Invented", "somebody would have to add it"),
}
"""How well a link stands: label and meaning, the best borne out first."""


class Event(Strict):
    """Something that happened: when as people say it, and ``at`` as a year for its place on the line."""

    when: Text
    at: Decimal
    lane: Literal["life", "symptom"]
    text: Text


class TimelineForm(ItemForm):
    """Events in two lanes, links that somebody has drawn already, and a half-filled sentence to finish."""

    events: Annotated[dict[FieldName, Event], Field(min_length=3, max_length=16)]
    drawn: tuple[str, ...] = ()
    stem: Text | None = None


class LinkKey(Strict):
    """What each rating of a link earns, and what is said of the link."""

    evidenced: Credit | None = None
    plausible: Credit | None = None
    invented: Credit | None = None
    why: Text

    @property
    def credits(self) -> dict[str, Decimal]:
        """Rating -> credit, those that are written."""
        return {rating: value for rating in RATINGS if (value := getattr(self, rating)) is not None}


class TimelineKey(KeyForm):
    """The links the record bears out, what is said of the others, and a model of the sentence."""

    links: Annotated[dict[str, LinkKey], Field(min_length=1)]
    why_not: dict[str, Text]
    model: Text | None = None


def lane(form: TimelineForm, which: str) -> list[str]:
    """Return the events of a lane in order of time."""
    events = [name for name, event in form.events.items() if event.lane == which]
    return sorted(events, key=lambda name: form.events[name].at)


def pairs(form: TimelineForm) -> list[str]:
    """Return every link that could be drawn, e.g. ``e1>s1``."""
    return [f"{life}>{symptom}" for life in lane(form, "life") for symptom in lane(form, "symptom")]


def check(form: TimelineForm, key: TimelineKey | None, context: Context) -> Iterable[Fault]:
    """Yield what is wrong with the form or the key."""
    for which in ("life", "symptom"):
        if not lane(form, which):
            yield Fault("form", ("events",), f"no event has `lane: {which}`: a link needs one of each lane")
            return
    for index, link in enumerate(form.drawn):
        if link not in pairs(form):
            yield Fault("form", ("drawn", index), _no_link(link))
    if not key:
        return
    yield from _check_links(form, key)
    for link in form.drawn:
        if link in pairs(form) and link not in key.links:
            yield Fault("key", ("links",), f'link "{link}" is drawn for the learner: say what each rating of it earns')
    yield from missing_whys(key.why_not, lane(form, "life"), "life event", ("why_not",))
    yield from _check_model(form, key)
    yield from _check_blanket(form, key)


def _check_links(form: TimelineForm, key: TimelineKey) -> Iterator[Fault]:
    for link, part in key.links.items():
        at = ("links", link)
        if link not in pairs(form):
            yield Fault("key", at, _no_link(link))
        elif 1 not in part.credits.values():
            yield Fault("key", at, f'link "{link}" has no right rating: give one of {", ".join(RATINGS)} the credit 1')
        elif list(part.credits.values()).count(Decimal(1)) > 1:
            yield Fault("key", at, f'link "{link}" has two right ratings: keep 1 for the best, 0.5 for its neighbour')


def _no_link(link: str) -> str:
    return f'"{link}" is no link: write a life event, > and a symptom event, e.g. `e1>s1`'


def _check_model(form: TimelineForm, key: TimelineKey) -> Iterator[Fault]:
    if form.stem and not key.model:
        yield Fault("key", ("model",), "the item has a `stem`: add `model:`, a sentence to compare with")
    if key.model and not form.stem:
        yield Fault("key", ("model",), "there is no `stem` to finish: add one to the item, or remove the model")


def _check_blanket(form: TimelineForm, key: TimelineKey) -> Iterator[Fault]:
    """Look whether linking everything with one rating pays: the learner is to choose."""
    listed = {link: part for link, part in key.links.items() if link in pairs(form)}
    for rating in RATINGS:
        earned = sum(hundredths(part.credits.get(rating, Decimal(UNLISTED) / FULL)) for part in listed.values())
        earned += UNLISTED * (len(pairs(form)) - len(listed))
        if earned * 2 > FULL * len(listed):
            message = (
                f"linking everything as “{rating}” would earn {earned / 100:g} of {len(listed)}:"
                " add life events that belong to no symptom, or links that are rated otherwise"
            )
            yield Fault("key", ("links",), message)


def shape(form: TimelineForm, context: Context) -> dict[str, Any]:
    """Return the links, each with at most one rating; a link that is drawn already wants one."""
    fields: dict[str, Any] = {"links": {"atoms": [f"{p}@{r}" for p in pairs(form) for r in RATINGS], "required": 1}}
    for link in form.drawn:
        fields[f"drawn:{link}"] = {"atoms": [f"{link}@{rating}" for rating in RATINGS], "required": 1}
    if form.stem:
        fields["sentence"] = {"text": {"max": TEXT_LIMIT}}
    limits = [
        {"atoms": [f"{link}@{r}" for r in RATINGS], "n": 1, "say": f'link "{link}" takes one rating'}
        for link in pairs(form)
    ]
    return {"fields": fields, "at_most": limits}


def view(form: TimelineForm, context: Context) -> dict[str, Any]:
    """Return the events in order of time, the ratings, and what is drawn already."""
    events = sorted(form.events.items(), key=lambda entry: entry[1].at)
    return {
        "events": [
            {
                "id": name,
                "when": event.when,
                "at": float(event.at),
                "lane": event.lane,
                "html": context.render.inline(event.text),
            }
            for name, event in events
        ],
        "ratings": [{"id": name, "label": label, "hint": hint} for name, (label, hint) in RATINGS.items()],
        "drawn": list(form.drawn),
        "stem": form.stem,
    }


def table(form: TimelineForm, key: TimelineKey, context: Context) -> MarkingTable:
    """Make one group: 1 for a link with its right rating, part for its neighbour, -0.25 for anything else, floor 0."""
    render = context.render.inline
    credit = {
        f"{link}@{rating}": hundredths(value)
        for link, part in key.links.items()
        for rating, value in part.credits.items()
    }
    group = Group("links", "Links", ("links",), credit, FULL * len(key.links), UNLISTED)
    why = {f"{link}@{rating}": render(part.why) for link, part in key.links.items() for rating in RATINGS}
    if key.model:
        why["expert:One way to say it"] = render(key.model)
    # Of any other link, the sentence on its life event is said: the rule looks under what stands before the ">".
    said = {name: render(text) for name, text in key.why_not.items()}
    return MarkingTable(hundredths(form.points), (group,), why=why, why_unlisted=said)


def static(view: Mapping[str, Any]) -> str:
    """Print the line as a table of two lanes, and blanks for the links."""
    blank = '<span class="mindbody-blank"></span>'
    rows = "".join(
        f'<tr><th scope="row">{html.escape(event["when"])}</th>'
        + "".join(f"<td>{event['html'] if event['lane'] == which else ''}</td>" for which in ("life", "symptom"))
        + "</tr>"
        for event in view["events"]
    )
    words = {event["id"]: event["html"] for event in view["events"]}
    drawn = "".join(
        "<li>{} → {}: {}</li>".format(*(words[name] for name in link.split(">")), blank) for link in view["drawn"]
    )
    ratings = "; ".join(f"<strong>{rating['label']}</strong>: {rating['hint']}" for rating in view["ratings"])
    stem = f"<p>{html.escape(view['stem'])}</p><div class='mindbody-lines'></div>" if view["stem"] else ""
    return (
        '<table><thead><tr><th scope="col">When</th><th scope="col">Life</th><th scope="col">Symptoms</th></tr>'
        f"</thead><tbody>{rows}</tbody></table><p>Which life event belongs to which symptom event, and how well does "
        f"the link stand? {ratings}.</p><ul>{drawn}<li>{blank} → {blank}: {blank}</li></ul>{stem}"
    )


KIND = Kind("timeline", TimelineForm, TimelineKey, check, shape, view, table, static)
