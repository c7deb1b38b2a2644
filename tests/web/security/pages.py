"""A sample of what the site answers, one of each kind, and what is held to be true of all."""

from __future__ import annotations

TOWN = "/places/authority:982/"
HERE = "/partnerships/town"

OPEN = {
    "page": "/",
    "place": TOWN,
    "search": "/search/?q=town",
    "sign in": "/account/sign-in/",
    "style": "/look.css",
    "static": "/static/hedgerow/site.css",
    "script": "/static/hedgerow/finding.js",
    "csv": f"{TOWN}schools/?as=csv&table=schools",
    "xlsx": f"{TOWN}download.xlsx",
    "pdf": f"{TOWN}download.pdf",
    "json": f"{TOWN}download.json",
    "geojson": f"{TOWN}map.geojson",
    "api": "/api/indicators",
    "not there": "/no/such/page/",
    "no such place": "/places/authority:none/",
    "refused by the API": "/api/partnerships/town/places/authority:982",
}
OF_PEOPLE = {
    "partnership": f"{HERE}/",
    "members": f"{HERE}/members/",
    "audit": f"{HERE}/audit/",
    "settings": f"{HERE}/settings/",
    "evidence": f"{HERE}/evidence/",
    "out": f"{HERE}/out/",
    "package": f"{HERE}/out/package.zip",
    "own": "/own/",
    "account": "/account/",
    "second factor": "/account/second-factor/",
    "place inside": f"{HERE}{TOWN}",
    "api inside": f"/api{HERE}{TOWN.rstrip('/')}",
}
KINDS = {
    "page": "text/html; charset=utf-8",
    "style": "text/css; charset=utf-8",
    "static": 'text/css; charset="utf-8"',
    "script": 'text/javascript; charset="utf-8"',
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "json": "application/json",
    "geojson": "application/geo+json",
    "api": "application/json",
}
