# docker build -t toolkit .
# docker run --rm -v "$PWD:/work" toolkit check translations.xlf
FROM python:3.13-slim
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY toolkit toolkit
COPY samples samples
COPY docs/toolkit.1 docs/
RUN pip install --no-cache-dir --constraint constraints.txt '.[serve]' && rm -rf /src \
 && useradd --create-home editor && mkdir /work /models && chown editor /work /models
USER editor
WORKDIR /work
# Models that are fetched once stay in a volume.
ENV TOOLKIT_STORE=/models PYTHONUNBUFFERED=1
VOLUME /models
EXPOSE 8000
ENTRYPOINT ["toolkit"]
CMD ["demo"]
