package dev.waybill.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.local.LocalServices;
import dev.waybill.platform.errors.FaultPoints;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** How the process starts, or refuses to: told in sentences, with an exit code, never with a stack trace. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StartTests {

    private LocalServices services;

    @BeforeAll
    void startServices(@TempDir Path folder) {
        services = LocalServices.inMemory(folder);
    }

    @AfterAll
    void stopServices() {
        services.close();
    }

    @Test
    void refusesToStartAndNamesEveryWrongSetting() {
        Map<String, String> settings = new HashMap<>(services.environment());
        settings.put("MONGODB_URI", "");
        settings.put("S3_SECRET_ACCESS_KEY", "");
        settings.put("REDIS_URL", "http://user:hunter2@somewhere");
        ServiceProcess process = ServiceProcess.launch(settings, Map.of());

        assertThat(process.exitCode()).isEqualTo(1);
        assertThat(process.log())
                .contains("MONGODB_URI is missing", "S3_SECRET_ACCESS_KEY is missing", "REDIS_URL is no redis://")
                .doesNotContain("hunter2", "\tat ", "Exception");
    }

    @Test
    void refusesToStartWithoutMongo() throws IOException {
        ServiceProcess process = ServiceProcess.launch(
                services.environment(), Map.of("MONGODB_URI", "mongodb://127.0.0.1:" + freePort() + "/waybill"));

        assertThat(process.exitCode()).isEqualTo(1);
        assertThat(process.log())
                .contains("MongoDB does not answer at the address in MONGODB_URI.")
                .doesNotContain("\tat ");
    }

    @Test
    void namesThePortThatIsTakenAndTheVariable() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ServiceProcess process = ServiceProcess.launch(
                    services.environment(), Map.of("SERVER_PORT", String.valueOf(taken.getLocalPort())));

            assertThat(process.exitCode()).isEqualTo(1);
            assertThat(process.log())
                    .contains("Port " + taken.getLocalPort() + " is taken", "SERVER_PORT")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void startsWithoutRedisAndEndsOnSigterm() throws IOException {
        ServiceProcess process = ServiceProcess.start(services, Map.of("REDIS_URL", "redis://127.0.0.1:" + freePort()));
        try (process) {
            Answer health = process.client().get("/v1/health?deep=true");
            assertThat(health.status()).isEqualTo(200);
            assertThat(health.at("/status")).isEqualTo("DEGRADED");
            assertThat(health.json().at("/data/cache").asBoolean(true)).isFalse();
        }
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void logsJsonOnRequest() throws IOException {
        String redisIsAway = "redis://127.0.0.1:" + freePort();
        try (ServiceProcess process = ServiceProcess.start(
                services,
                Map.of(
                        "LOG_FORMAT", "json",
                        "REDIS_URL", redisIsAway,
                        // the tests' own logback file would win over the format
                        "LOGGING_CONFIG", "classpath:production-logback.xml"))) {
            String line = process.log()
                    .lines()
                    .filter(each -> each.contains("Redis does not answer"))
                    .findFirst()
                    .orElseThrow();
            assertThat(new JsonMapper().readTree(line).get("level").asString()).isEqualTo("WARN");
        }
    }

    @Test
    void aFaultPointDoesNothingUnlessItIsAskedFor() {
        try (ServiceUnderTest service = ServiceUnderTest.start(services)) {
            service.bean(FaultPoints.class).reach("confirm.verified");
        }
        try (ServiceUnderTest service = ServiceUnderTest.start(services, Map.of(HaltAt.VARIABLE, "somewhere.else"))) {
            service.bean(FaultPoints.class).reach("confirm.verified");
            assertThat(service.bean(FaultPoints.class).getClass().getName()).contains("HaltAt");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
