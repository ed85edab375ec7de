"""The addresses of the walk over all pages, below the language; `test_walk` fails if a page is not among them."""

DAYS = "?on=2024-06-18&known=2024-06-18"
PAGES = [
    "", "apmbc/", "apmbc/IM2024/", "apmbc/21MSP/", "apmbc/states/UKR/", "apmbc/states/SRB/", "apmbc/states/CHL/",
    f"apmbc/board/{DAYS}", "apmbc/board/?status=continuing&obligation=article-5", "apmbc/ledger/",
    f"apmbc/deadlines/{DAYS}", "apmbc/changes/?from=2024-01-01&to=2024-06-18", "apmbc/organs/", "apmbc/plans/",
    "apmbc/glossary/", "apmbc/IM2024/tiers/article-1-matters/", "apmbc/IM2024/tiers/extension-requests/proof/",
    "apmbc/corrections/?fact=UKR.deposit", "apmbc/corrections/received/", "desk/sign-in/", "kit/",
    "apmbc/IM2024/programme/", "apmbc/IM2024/programme/items/6.b/", "apmbc/IM2024/programme/versions/",
    "apmbc/IM2024/states/", "apmbc/IM2024/states/UKR/", "apmbc/IM2024/live/",
    "apmbc/IM2024/live/text/", "apmbc/IM2999/", "nowhere/",
]  # fmt: skip
