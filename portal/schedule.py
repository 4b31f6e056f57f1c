"""What is done again and again, and when; Celery beat announces it. Times of day are UTC."""

from __future__ import annotations

from typing import Any

from celery.schedules import crontab


def schedule(*, uploads: int, alerts: int, bounces: int, renditions: int, embargoes: int) -> dict[str, dict[str, Any]]:
    """`CELERY_BEAT_SCHEDULE`; the arguments say after how many seconds each sweep runs again."""
    return {
        "sweep-uploads": {"task": "reports.evidence.tasks.sweep", "schedule": uploads},
        "sweep-alerts": {"task": "reports.alerts.tasks.sweep", "schedule": alerts},
        "read-bounces": {"task": "reports.alerts.tasks.read_bounces", "schedule": bounces},
        "remind-of-alerts": {"task": "reports.alerts.tasks.remind", "schedule": 60},
        "tell-what-waits": {"task": "reports.alerts.tasks.tell_what_waits", "schedule": crontab(minute=10)},
        "tell-what-is-overdue": {
            "task": "reports.alerts.tasks.tell_what_is_overdue",
            "schedule": crontab(hour=5, minute=40),
        },
        "ask-the-silent": {"task": "reports.alerts.tasks.ask_the_silent", "schedule": crontab(hour=9, minute=20)},
        "render-what-was-missed": {
            "task": "reports.evidence.tasks.render_missed",
            "schedule": renditions,
            # One that waits behind other work is worth nothing when the next is there.
            "options": {"expires": renditions},
        },
        "verify-originals": {"task": "reports.evidence.tasks.verify_slice", "schedule": crontab(hour=2, minute=30)},
        "ask-for-weekly-reports": {
            "task": "reports.alerts.tasks.ask_for_weekly_reports",
            "schedule": crontab(day_of_week="mon", hour="0-12", minute=10),
        },
        "sweep-situation-reports": {"task": "reports.situation_reports.tasks.sweep", "schedule": 60},
        "let-report-files-go": {
            "task": "reports.situation_reports.tasks.let_files_go",
            "schedule": crontab(hour=3, minute=50),
        },
        "forget-kept-answers": {"task": "portal.api.tasks.forget_kept_answers", "schedule": crontab(minute=50)},
        "sweep-exports": {"task": "portal.exports.tasks.sweep", "schedule": 60},
        "sweep-list-actions": {"task": "portal.bulk.tasks.sweep", "schedule": 60},
        "sweep-sheets": {"task": "portal.eamena.tasks.sweep", "schedule": 60},
        "sweep-packages": {"task": "reports.evidence.tasks.sweep_packages", "schedule": 60},
        "end-embargoes": {"task": "reports.conditions.tasks.end_embargoes", "schedule": embargoes},
        "fold-pyramid": {"task": "reports.conditions.tasks.fold_pyramid", "schedule": crontab(minute=25)},
    }
