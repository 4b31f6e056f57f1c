"""The whole portal from one command: web server, Celery worker and Celery beat as one process tree."""
