# Front end and translations are built here, and only their results go on.
FROM node:22-slim AS frontend
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-progress
COPY portal/frontend portal/frontend
RUN node portal/frontend/build.mjs

FROM python:3.11-slim AS packages
WORKDIR /app
COPY requirements.txt .
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt

FROM python:3.11-slim
RUN useradd --system --uid 10001 --create-home --home-dir /data tadmor
ENV PATH=/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 DATA_DIR=/data
WORKDIR /app
COPY --from=packages /venv /venv
COPY manage.py ./
COPY portal portal
COPY sites sites
COPY reports reports
COPY --from=frontend /app/build/frontend build/frontend
COPY --from=frontend /app/build/fonts build/fonts
RUN pybabel --quiet compile --directory portal/locale --domain "django djangojs" \
    && SECRET_KEY=unused python manage.py collectstatic --noinput --verbosity 0
USER tadmor
EXPOSE 8000
CMD ["gunicorn", "portal.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "3", "--threads", "4", "--no-control-socket"]
