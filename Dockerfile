# syntax=docker/dockerfile:1

FROM eclipse-temurin:25-jdk-noble AS build
WORKDIR /source
COPY .mvn .mvn
COPY mvnw pom.xml ./
COPY src src
RUN --mount=type=cache,target=/cache \
    ./mvnw -B -ntp -Dmaven.repo.local=/cache/repository -Dmaven.test.skip=true -Dspotless.check.skip=true package \
    && cp target/waybill-*.jar application.jar \
    && java -Djarmode=tools -jar application.jar extract --layers --destination layers

FROM eclipse-temurin:25-jre-noble
WORKDIR /app
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin waybill

# From what changes least to what changes most, so that an update moves the smallest layer only.
COPY --from=build /source/layers/dependencies/ ./
COPY --from=build /source/layers/spring-boot-loader/ ./
COPY --from=build /source/layers/snapshot-dependencies/ ./
COPY --from=build /source/layers/application/ ./

USER 10001
# The API, and what is for those who run it: probes and metrics.
EXPOSE 8080 8081
ENV LOG_FORMAT=json

# The image has no HTTP client that is sure to stay, so bash speaks the few lines itself.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --start-interval=1s --retries=3 \
    CMD ["/bin/bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${MANAGEMENT_SERVER_PORT:-8081} && printf 'GET /actuator/health/readiness HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200'"]

# Users' files are opened in child processes, which may be ended by them; so what uses up this heap is no file, and a
# process that lost a thread to it is better restarted. Half of the container is left to the children and to what is no
# heap: see waybill.extraction.parallelism and .memory.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=50", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", "-jar", "application.jar"]
