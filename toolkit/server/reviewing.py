"""The answers of the review pages: whole pages, and the pieces that an edit changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from toolkit.server import frames, pages
from toolkit.server import listing as listing_
from toolkit.server.desk import Desk, Stale, View
from toolkit.server.frames import Frame
from toolkit.server.guard import Refused
from toolkit.server.shapes import Schema, fault, filled, record
from toolkit.server.wording import LANGS, Words, words

if TYPE_CHECKING:
    from toolkit.server.service import Service

__all__ = ["LANGS", "Frame", "act", "article", "frame", "listing", "not_found", "sign_in"]

_SHOWN = ("all", "findings", "open")
_FEW = 50  # articles that are read before a list is shown: a small run is counted whole


def frame(ui: str, path: str, token: str, named: str) -> Frame:
    return Frame(words(ui), path, token, named)


async def listing(service: Service, request: Request, frame: Frame) -> Response:
    shown = request.query_params.get("show", "all")
    start = request.query_params.get("start", "0")
    first = int(start) if start.isascii() and start.isdigit() and len(start) < 9 else 0
    chosen = shown if shown in _SHOWN else "all"

    def draw(desk: Desk) -> str:
        desk.read_on(_FEW)
        last = first + listing_.PER_PAGE
        entries = desk.entries(first, last) if chosen == "all" else []
        known = desk.known()
        number = len(desk)
        if chosen != "all":
            wanted = [entry for entry in known if listing_.is_wanted(entry, chosen)]
            entries, number = wanted[first:last], len(wanted)
        page = listing_.Listing(chosen, first, entries, number, known, len(desk))
        return "".join(listing_.draw(frame, page))

    return HTMLResponse(await service.at_desk(draw))


async def article(service: Service, request: Request, frame: Frame) -> Response:
    ref, lang = request.path_params["ref"], request.path_params["lang"]

    def draw(desk: Desk) -> str:
        view = desk.view(ref, lang)
        return "".join(pages.article(frame, view, desk.after(ref)))

    return HTMLResponse(await service.at_desk(draw))


def not_found(frame: Frame) -> Response:
    text = frame.words("not_found")
    return HTMLResponse("".join(frames.message(frame, text)), status_code=404)


def sign_in(frame: Frame, *, wrong: bool = False) -> Response:
    page = "".join(frames.sign_in(frame, wrong=wrong))
    return HTMLResponse(page, status_code=401 if wrong else 200)


# --- an edit -------------------------------------------------------------------------------


def _schema(longest: int) -> Schema:
    nullable = {"type": ["string", "null"]}
    finding = record({"code": {"type": "string"}, "expected": nullable, "found": nullable})
    number = {"type": "integer", "minimum": 0, "maximum": 1_000_000_000}
    return record(
        {
            "action": {"type": "string", "enum": ["check", "save", "accept"]},
            "unit": {"type": "string"},
            "number": number,
        },
        {
            "by": {"type": "string", "default": ""},
            "text": {"type": "string", "maxLength": longest, "default": ""},
            "version": {**number, "default": 0},
            "finding": finding,
            "reason": {"type": "string", "default": ""},
        },
    )


async def act(
    service: Service, request: Request, body: Any, ui: str, who: str
) -> tuple[int, dict[str, Any]]:
    """Check, save or accept; the pieces of the page that are others after it."""
    schema = _schema(service.options.limits.text)
    if wrong := fault(body, schema):
        raise Refused(400, wrong)
    asked = filled(body, schema)
    ref, lang = request.path_params["ref"], request.path_params["lang"]
    say = words(ui)
    unit, by = asked["unit"], who or asked["by"]

    def check(desk: Desk) -> tuple[int, dict[str, Any]]:
        view = desk.attempt(ref, lang, unit, asked["text"])
        number = _number(view, unit)
        source, target, found = pages.texts(view, number, say)
        count = sum(f.unit_id == unit for f in view.translation.findings)
        return 200, {"source": source, "target": target, "found": found, "count": count}

    def write(desk: Desk) -> tuple[int, dict[str, Any]]:
        before = desk.view(ref, lang)
        try:
            if asked["action"] == "save":
                after = desk.save(ref, lang, unit, asked["text"], version=asked["version"], by=by)
            else:
                one = asked["finding"] or {"code": "", "expected": None, "found": None}
                finding = (one["code"], one["expected"], one["found"])
                after = desk.accept(
                    ref, lang, unit, finding, asked["reason"], version=asked["version"], by=by
                )
        except Stale as stale:
            yours = asked["text"] or stale.now.target
            theirs = stale.now.target
            return 409, {
                "stale": pages.differences(theirs, yours, lang, say),
                "text": theirs,
                "version": stale.now.version,
            }
        return 200, {
            "units": _changed(before, after, unit, say),
            "found": pages.found(after, say),
            "progress": pages.progress(after, say),
        }

    if asked["action"] == "check":
        return await service.at_desk(check)
    status, data = await service.at_desk(write)
    if status == 200:
        service.edited(asked["action"])
    return status, data


def _number(view: View, unit_id: str) -> int:
    return view.translation.units.index(view.part(unit_id).unit) + 1


def _changed(before: View, after: View, unit_id: str, say: Words) -> dict[str, dict[str, Any]]:
    """The units that look otherwise than before, and the one that was edited."""
    return {
        str(number): {
            "html": pages.unit(after, number, say),
            "version": part.version,
            "state": part.unit.state,
            "target": part.unit.target,
        }
        for number, (one, part) in enumerate(after.parts.items(), start=1)
        if one == unit_id or part != before.parts[one]
    }
