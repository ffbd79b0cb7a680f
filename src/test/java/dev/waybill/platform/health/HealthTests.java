package dev.waybill.platform.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.testing.Answer;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.StoreLinks;
import dev.waybill.testing.Stores;
import dev.waybill.testing.WaybillClient;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.context.SmartLifecycle;
import org.springframework.test.util.ReflectionTestUtils;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HealthTests {

    private final StoreLinks links = Stores.create().links();
    private ServiceUnderTest service;
    private WaybillClient anybody;
    private WaybillClient operator;

    @BeforeAll
    void start() {
        service = ServiceUnderTest.start(links, Map.of("management.server.port", "0"));
        anybody = service.anonymous();
        operator = service.management();
    }

    @AfterEach
    void bringEverythingBack() {
        links.mongo().resume();
        links.redis().resume();
        links.s3().resume();
    }

    @AfterAll
    void stop() {
        service.close();
        links.close();
    }

    @Test
    void tellsThatAllIsWellWithoutAKey() {
        await().untilAsserted(() -> {
            Answer answer = anybody.get("/v1/health?deep=true");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.at("/status")).isEqualTo("OK");
        });
        Answer answer = anybody.get("/v1/health?deep=true&metrics=true");
        for (String part :
                new String[] {"cache", "metadata", "vector_store", "object_storage", "task_queue", "inference"}) {
            assertThat(answer.json().at("/data/" + part).asBoolean(false))
                    .as(part)
                    .isTrue();
        }
        assertThat(answer.json().has("errors")).isFalse();
        assertThat(answer.json().at("/meta/latencies_ms/metadata").isNumber()).isTrue();
        assertThat(answer.json().at("/meta/metrics/requests").isIntegralNumber())
                .isTrue();
        assertThat(answer.at("/meta/version")).isNotEmpty();
    }

    @Test
    void namesRedisWhenItIsAwayButStaysReady() {
        links.redis().cut();
        Answer answer = anybody.get("/v1/health?deep=true");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.at("/status")).isEqualTo("DEGRADED");
        assertThat(answer.json().at("/data/cache").asBoolean(true)).isFalse();
        assertThat(answer.json().at("/data/task_queue").asBoolean(false)).isTrue();
        assertThat(answer.at("/errors/cache")).contains("Redis");
        assertThat(operator.get("/actuator/health/readiness").status()).isEqualTo(200);

        links.redis().resume();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> anybody.get("/v1/health?deep=true").at("/status").equals("OK"));
    }

    @Test
    void namesMongoWhenItIsAwayAndIsNotReady() {
        links.mongo().cut();
        long start = System.nanoTime();
        Answer answer = anybody.get("/v1/health?deep=true");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(answer.json().at("/data/metadata").asBoolean(true)).isFalse();
        assertThat(answer.at("/errors/metadata")).isEqualTo("MongoDB does not answer.");
        assertThat(answer.at("/errors/task_queue")).isNotEmpty();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> operator.get("/actuator/health/readiness").status() == 503);
        assertThat(operator.get("/actuator/health/liveness").status()).isEqualTo(200);
        assertThat(anybody.get("/v1/health/liveness").at("/status")).isEqualTo("OK");

        links.mongo().resume();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> operator.get("/actuator/health/readiness").status() == 200);
    }

    /** As an error does that nobody thought of: the thread that polls for work is gone. */
    @Test
    void anInstanceThatLooksForNoWorkIsNotAlive() throws Exception {
        Object worker = service.beans(SmartLifecycle.class).stream()
                .filter(bean -> bean.getClass().getSimpleName().equals("TaskWorker"))
                .findFirst()
                .orElseThrow();
        Object reader = ReflectionTestUtils.getField(worker, "reader");
        Thread gone = Thread.ofPlatform().start(() -> {});
        gone.join();
        try {
            ReflectionTestUtils.setField(worker, "reader", gone);

            assertThat(operator.get("/actuator/health/liveness").status()).isEqualTo(503);
            assertThat(anybody.get("/v1/health/liveness").status()).isEqualTo(503);
            Answer deep = anybody.get("/v1/health?deep=true");
            assertThat(deep.json().at("/data/task_queue").asBoolean(true)).isFalse();
            assertThat(deep.at("/errors/task_queue")).contains("restarted");
        } finally {
            ReflectionTestUtils.setField(worker, "reader", reader);
        }
        assertThat(operator.get("/actuator/health/liveness").status()).isEqualTo(200);
        assertThat(anybody.get("/v1/health/liveness").at("/status")).isEqualTo("OK");
    }

    @Test
    void nothingElseOfTheActuatorIsReachable() {
        for (String path : new String[] {"", "/env", "/beans", "/metrics", "/loggers", "/heapdump", "/configprops"}) {
            assertThat(operator.get("/actuator" + path).status()).as(path).isNotEqualTo(200);
        }
    }

    @Test
    void nothingOfTheActuatorIsOnThePortOfTheApi() {
        for (String path : new String[] {"", "/health", "/health/readiness", "/prometheus", "/info", "/env"}) {
            Answer answer = anybody.get("/actuator" + path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.at("/error/type")).isEqualTo("NotFoundError");
        }
        assertThat(operator.get("/v1/health").status()).isEqualTo(404);
        assertThat(anybody.get("/v1/health").status()).isEqualTo(200);
    }

    @Test
    void metricsAreThereForPrometheus() {
        anybody.get("/v1/health/liveness");
        assertThat(operator.get("/actuator/prometheus").text())
                .contains("waybill_redis_up", "http_server_requests_seconds_bucket", "application=\"waybill\"")
                .contains("disk_free_bytes{application=\"waybill\"}")
                .doesNotContain(System.getProperty("user.dir"));
    }
}
