package dev.waybill.platform.health;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Health for clients; needs no key. Load balancers poll {@code /actuator/health/readiness}, at the management port. */
@RestController
@Tag(name = "Health", description = "Whether the service is well; needs no key")
@SecurityRequirements
class HealthController {

    private static final double NANOS_PER_MILLI = 1e6;

    private final HealthCheck check;
    private final ServiceFacts facts;
    private final HealthEndpoint endpoint;

    HealthController(HealthCheck check, ServiceFacts facts, HealthEndpoint endpoint) {
        this.check = check;
        this.facts = facts;
        this.endpoint = endpoint;
    }

    @Operation(
            operationId = "getHealth",
            summary = "Tell whether the service is well",
            description = "Answers 200 in any case; `status` tells. Every part is told by itself. Without `deep` the"
                    + " answer may be a few seconds old. Waybill has no vector store and runs no inference: both are"
                    + " true, for nothing of them can be broken.")
    @GetMapping("/v1/health")
    ResponseEntity<HealthCheckResponse> health(
            @Parameter(description = "Ask every part now (2 s at most) and tell how long each took")
                    @RequestParam(defaultValue = "false")
                    boolean deep,
            @Parameter(description = "Add a few numbers of this instance to `meta`")
                    @RequestParam(defaultValue = "false")
                    boolean metrics) {
        HealthReport report = deep ? check.probe() : check.recent();
        Map<String, Object> meta = facts.basics();
        if (deep) {
            meta.put("latencies_ms", latencies(report));
            meta.put("storage_rules", facts.storageRules());
        }
        if (metrics) {
            meta.put("metrics", facts.numbers());
        }
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(HealthCheckResponse.of(report, meta));
    }

    @Operation(
            operationId = "getLiveness",
            summary = "Tell that the process is alive",
            description = "Asks no store. A service that does not answer this, or answers 503, should be restarted.")
    @GetMapping("/v1/health/liveness")
    Liveness liveness() {
        HealthDescriptor alive = endpoint.healthForPath("liveness");
        if (alive == null || !alive.getStatus().equals(Status.UP)) {
            throw new WaybillException(
                    ErrorCode.SERVICE_UNAVAILABLE,
                    "This instance does not do its work any more; it must be restarted.");
        }
        return new Liveness("OK");
    }

    @Operation(
            operationId = "getHeartbeat",
            summary = "Tell that the process is alive, as liveness does",
            description = "The same under the name that some clients ask for.")
    @GetMapping("/v1/health/beat")
    Liveness beat() {
        return liveness();
    }

    private static Map<String, Double> latencies(HealthReport report) {
        Map<String, Double> millis = new TreeMap<>();
        report.latencies()
                .forEach(
                        (part, took) -> millis.put(part.wire(), ServiceFacts.tenths(took.toNanos() / NANOS_PER_MILLI)));
        return millis;
    }

    /** The answer of liveness. */
    record Liveness(
            @Schema(description = "Always `OK`", example = "OK")
            String status) {}
}
