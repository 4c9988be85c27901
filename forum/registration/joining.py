"""What registration lends to the rooms below, which know nothing of it: importing this module joins their lists.

The agenda counts granted seats against its rooms.  Journeys are not lent: they are sealed, as free text, for the
logistics team alone, and what people consented to says so; whether a speaker has arrived is not told from them.
"""

from __future__ import annotations

from forum.agenda.queries.standing import seat_readers
from forum.events.operations.repeating import followers
from forum.registration.operations.repeating import repeat_categories
from forum.registration.queries.standing import granted_seats

followers.append(repeat_categories)
seat_readers.append(granted_seats)
