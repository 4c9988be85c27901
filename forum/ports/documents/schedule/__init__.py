"""Conference schedules as other programmes read them: frab XML, schedule JSON v1 and v2 (alpha-3).

``document`` holds the values and their limits; ``frab_xml``, ``json_one`` and ``json_two`` write them.
The schemas these must satisfy are published by voc/schedule.
"""
