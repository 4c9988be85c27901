"""The sentences of the checker, each naming its clause."""

from __future__ import annotations

from forum.core.refusals import N_

SENTENCES: dict[str, str] = {
    "required_missing": N_("The clause “%(clause)s” is required for this instrument and is missing. Add it."),
    "forbidden_present": N_("The clause “%(clause)s” isn't allowed in this instrument. Take it out."),
    "not_offered_present": N_("The clause “%(clause)s” isn't offered for this instrument. Take it out."),
    "side_empty_en": N_("The clause “%(clause)s” has no English text. Write it."),
    "side_empty_zh": N_("The clause “%(clause)s” has no Chinese text. Write it."),
    "not_matched": N_(
"In the clause “%(clause)s” the two languages aren't matched yet. Compare them and mark them as matched."
),
    "quantities_differ": N_(
        "In the clause “%(clause)s” numbers, dates or amounts differ: only in English: %(english)s; "
        "only in Chinese: %(chinese)s. Make both say the same."
    ),
    "counts_differ": N_(
        "In the clause “%(clause)s” numbers in words may differ: only in English: %(english)s; "
        "only in Chinese: %(chinese)s. Please compare."
    ),
    "names_differ": N_(
        "In the clause “%(clause)s” the parties aren't the same in both languages: only in English: %(english)s; "
        "only in Chinese: %(chinese)s."
    ),
    "friendship_city": N_(
        "The clause “%(clause)s” says “%(words)s”. A friendship-city relationship needs its own procedure with the "
        "competent body for friendship with foreign countries; choose other words."
    ),
    "binding_wording": N_(
        "The clause “%(clause)s” says “%(words)s”, which binds, while the text says that it isn't legally binding. "
        "Write “will” in English and “将” in Chinese, or choose other words."
    ),
    "payment_without_budget": N_(
        "The clause “%(clause)s” promises a payment (“%(words)s”) and the agreement names no budget. "
        "Give the budget reference, or take the promise out."
    ),
    "standards_given_away": N_(
        "The clause “%(clause)s” gives away texts of standards (“%(words)s”). Standards of ISO, IEC and national "
        "bodies aren't free to share; refer to them by number instead."
    ),
    "translation_without_licence": N_(
        "The clause “%(clause)s” promises the translation of a standard (“%(words)s”) and the agreement names no "
        "licence. Give the licence reference, or take the promise out."
    ),
    "ranks_differ": N_(
"The signatories aren't of the same rank: %(english)s. Please check with both protocol offices."
),
    "notice_too_long": N_(
"The notice period is as long as the whole term, so nobody could ever give notice in time. Shorten it."
),
    "notice_passed": N_(
"The last day for giving notice lies in the past. Choose a later end or a shorter notice period."
),
    "prevailing_named": N_(
        "The clause “%(clause)s” lets one language prevail (“%(words)s”), although both texts are equally authentic. "
        "Take one of the two out."
    ),
    "prevailing_set": N_(
"A prevailing language is chosen, although both texts are equally authentic. Choose one of the two."
),
    "privacy_missing": N_(
        "The clause “%(clause)s” speaks of personal data (“%(words)s”), and there is no clause on data and "
"privacy. Add it."
    ),
    "value_missing": N_("The clause “%(clause)s” needs a value that hasn't been given yet: %(values)s."),
    "no_end": N_("The agreement has no term and no end date. Give one of them."),
    "deviation": N_("The clause “%(clause)s” differs from the clause library. The difference is shown beside it."),
}  # fmt: skip
VALUES: dict[str, str] = {
    "validity": N_("term or end date"),
    "notice": N_("notice period"),
    "budget_reference": N_("budget reference"),
    "licence_reference": N_("licence reference"),
}
