package dev.waybill.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.local.LocalServices;
import dev.waybill.platform.errors.FaultPoints;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** How the process starts, or refuses to: with sentences in the log and an exit code, never with a stack trace. */
@Order(2)
class StartTests {

    private static final String KNOWN_API_KEY = "sk_local_waybill_development_key";

    private final Stores stores = Stores.create();

    @Test
    void refusesToStartAndNamesEveryWrongSetting() {
        Map<String, String> settings = new HashMap<>(stores.environment());
        settings.put("MONGODB_URI", "");
        settings.put("S3_SECRET_ACCESS_KEY", "");
        settings.put("REDIS_URL", "http://user:hunter2@somewhere");
        Map<String, String> keys = Map.of(
                "WAYBILL_BOOTSTRAP_API_KEY",
                KNOWN_API_KEY,
                "WAYBILL_ENCRYPTION_KEY",
                LocalServices.DEVELOPMENT_ENCRYPTION_KEY);
        ServiceProcess process = ServiceProcess.launch(settings, keys);

        assertThat(process.exitCode()).isEqualTo(1);
        assertThat(process.log())
                .contains("MONGODB_URI is missing", "S3_SECRET_ACCESS_KEY is missing", "REDIS_URL is no redis://")
                .contains(
                        "WAYBILL_BOOTSTRAP_API_KEY is the development key, which everybody knows.",
                        "`echo sk_$(openssl rand -hex 24)`",
                        "WAYBILL_ENCRYPTION_KEY is the development key, which everybody knows.",
                        "`openssl rand -base64 32`")
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
        int managementPort = freePort();
        ServiceProcess process = ServiceProcess.start(
                stores,
                Map.of(
                        "WAYBILL_DEVELOPMENT",
                        "true",
                        "WAYBILL_BOOTSTRAP_API_KEY",
                        KNOWN_API_KEY,
                        "MANAGEMENT_SERVER_PORT",
                        String.valueOf(managementPort),
                        "REDIS_URL",
                        "redis://127.0.0.1:" + freePort(),
                        "LOG_FORMAT",
                        "json",
                        // the tests' own logback file would win over the format
                        "LOGGING_CONFIG",
                        "classpath:production-logback.xml"));
        try (process) {
            Answer health = process.client().get("/v1/health?deep=true");
            assertThat(health.status()).isEqualTo(200);
            assertThat(health.at("/status")).isEqualTo("DEGRADED");
            assertThat(health.json().at("/data/cache").asBoolean(true)).isFalse();
            assertWarns(process, "Redis does not answer");
            assertWarns(process, "WAYBILL_DEVELOPMENT is true");
            WaybillClient management = WaybillClient.of(URI.create("http://127.0.0.1:" + managementPort));
            // It is opened after the API's port.
            await().ignoreExceptions()
                    .until(() -> management.get("/actuator/health/readiness").status() == 200);
            assertThat(process.client().get("/actuator/health/readiness").status())
                    .isEqualTo(404);
        }
        assertThat(process.isAlive()).isFalse();
    }

    private static void assertWarns(ServiceProcess process, String what) {
        String line = process.log()
                .lines()
                .filter(each -> each.contains(what))
                .findFirst()
                .orElseThrow();
        assertThat(new JsonMapper().readTree(line).get("level").asString()).isEqualTo("WARN");
    }

    @Test
    void aFaultPointDoesNothingUnlessItIsEnabled() {
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
