# cleaner in a container. It cleans a folder that is mounted at /work:
#
#   docker build -t cleaner .
#   docker run --rm --user "$(id -u):$(id -g)" -v "$PWD:/work" cleaner articles/ -o cleaned/

FROM python:3.13-slim AS build
WORKDIR /src
COPY pyproject.toml hatch_build.py README.md LICENSE CHANGELOG.md CONTRIBUTING.md SECURITY.md ./
COPY cleaner cleaner
COPY docs docs
COPY golden golden
COPY rules rules
RUN python -m venv /opt/cleaner \
    && /opt/cleaner/bin/pip install --no-cache-dir '.[parquet,resiliparse,thorough,warc,zst]'

FROM python:3.13-slim
COPY --from=build /opt/cleaner /opt/cleaner
ENV PATH=/opt/cleaner/bin:$PATH \
    PYTHONUTF8=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HOME=/tmp \
    CLEANER_CACHE_DIR=/tmp/cleaner-cache
RUN useradd --uid 1000 cleaner
USER 1000:1000
WORKDIR /work
ENTRYPOINT ["clean"]
CMD ["--help"]
