"""Running a partnership: activities, milestones, evidence, reports, yearly assessments, and handing it over."""
