package dev.waybill.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.errors.FaultPoints;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** How the process starts, or refuses to: told in sentences, with an exit code, never with a stack trace. */
@Order(2)
class StartTests {

    private final Stores stores = Stores.create();

    @Test
    void refusesToStartAndNamesEveryWrongSetting() {
        Map<String, String> settings = new HashMap<>(stores.environment());
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
                stores.environment(), Map.of("MONGODB_URI", "mongodb://127.0.0.1:" + freePort() + "/waybill"));

        assertThat(process.exitCode()).isEqualTo(1);
        assertThat(process.log())
                .contains("MongoDB does not answer at the address in MONGODB_URI.")
                .doesNotContain("\tat ");
    }

    @Test
    void namesThePortThatIsTakenAndTheVariable() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ServiceProcess process = ServiceProcess.launch(
                    stores.environment(), Map.of("SERVER_PORT", String.valueOf(taken.getLocalPort())));

            assertThat(process.exitCode()).isEqualTo(1);
            assertThat(process.log())
                    .contains("Port " + taken.getLocalPort() + " is taken", "SERVER_PORT")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void startsWithoutRedisSaysSoInJsonOnRequestAndEndsOnSigterm() throws IOException {
        ServiceProcess process = ServiceProcess.start(
                stores,
                Map.of(
                        "REDIS_URL", "redis://127.0.0.1:" + freePort(),
                        "LOG_FORMAT", "json",
                        // the tests' own logback file would win over the format
                        "LOGGING_CONFIG", "classpath:production-logback.xml"));
        try (process) {
            Answer health = process.client().get("/v1/health?deep=true");
            assertThat(health.status()).isEqualTo(200);
            assertThat(health.at("/status")).isEqualTo("DEGRADED");
            assertThat(health.json().at("/data/cache").asBoolean(true)).isFalse();
            String line = process.log()
                    .lines()
                    .filter(each -> each.contains("Redis does not answer"))
                    .findFirst()
                    .orElseThrow();
            assertThat(new JsonMapper().readTree(line).get("level").asString()).isEqualTo("WARN");
        }
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void aFaultPointDoesNothingUnlessItIsAskedFor() {
        ServiceUnderTest.shared().bean(FaultPoints.class).reach("confirm.verified");
        try (ServiceUnderTest service = ServiceUnderTest.start(stores, Map.of(HaltAt.VARIABLE, "somewhere.else"))) {
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
