package dev.waybill.connections;

import dev.waybill.connectors.Connector;
import dev.waybill.connectors.ConnectorConfig;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourceProfile;
import dev.waybill.platform.deadline.RequestDeadline;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Connection test: probes the storage that settings open, and reports its capabilities. */
@Component
class Probe {

    private final InstantSource clock;

    Probe(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Result of a connection test.
     *
     * @param problem null when it works
     * @param message a sentence
     * @param details the profile as JSON; with a {@code diagnosis} when there is a problem
     */
    record Finding(@Nullable String problem, String message, Map<String, Object> details) {

        boolean works() {
            return problem == null;
        }

        /** 400 with the message. */
        WaybillException failure() {
            return new WaybillException(
                    ErrorCode.CONNECTION_FAILED,
                    "The connection was tested and does not work: %s Nothing was saved; test_before_save: false saves it"
                                    .formatted(sentence(message))
                            + " without a test.",
                    details);
        }

        private static String sentence(String message) {
            return message.endsWith(".") ? message : message + ".";
        }
    }

    /** Tests a source and closes it. Failures are findings, never thrown. */
    Finding check(Connector connector, ConnectorConfig config, Source opened) {
        try (RequestDeadline.Section waiting = RequestDeadline.uncounted();
                Source source = opened) {
            SourceProfile profile = source.check(connector.home(config).orElse(null));
            Map<String, Object> details = json(connector.provider(), profile);
            details.put("checked_at", clock.instant().toString());
            return new Finding(
                    profile.problem() == null ? null : profile.problem().name(), profile.message(), details);
        } catch (SourceException notEvenOpened) {
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("provider", connector.provider());
            details.put("diagnosis", notEvenOpened.diagnosis().name());
            details.put("checked_at", clock.instant().toString());
            return new Finding(notEvenOpened.diagnosis().name(), notEvenOpened.getMessage(), details);
        }
    }

    private static Map<String, Object> json(String provider, SourceProfile profile) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("provider", provider);
        put(
                json,
                "diagnosis",
                profile.problem() == null ? null : profile.problem().name());
        json.put("endpoint", profile.endpoint());
        put(json, "region", profile.region());
        Duration latency = profile.latency();
        put(json, "latency_ms", latency == null ? null : latency.toMillis());
        Duration offset = profile.clockOffset();
        put(json, "clock_offset_seconds", offset == null ? null : offset.toSeconds());
        put(json, "account", profile.account());
        json.put("checks", profile.checks().stream().map(Probe::json).toList());
        json.put("capabilities", json(profile.capabilities()));
        json.put("restrictions", profile.restrictions());
        Instant expiresAt = profile.expiresAt();
        put(json, "expires_at", expiresAt == null ? null : expiresAt.toString());
        return json;
    }

    private static Map<String, Object> json(SourceProfile.Check check) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", check.name());
        json.put("ok", check.ok());
        put(json, "code", check.code() == null ? null : check.code().name());
        json.put("message", check.message());
        return json;
    }

    private static Map<String, Object> json(SourceProfile.Capabilities can) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("list", can.list());
        json.put("read", can.read());
        json.put("start_after", can.startAfter());
        json.put("tags", can.tags());
        json.put("versioning", can.versioning());
        json.put("conditional_get", can.conditionalGet());
        json.put("range", can.range());
        List<String> checksums = can.checksums().stream()
                .map(algorithm -> algorithm.name().toLowerCase(Locale.ROOT))
                .toList();
        json.put("checksum", checksums);
        json.put("max_page", can.maxPage());
        json.put("server_modified_filter", false);
        json.put("requester_pays", can.requesterPays());
        json.put("archive", can.archive());
        return json;
    }

    private static void put(Map<String, Object> json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
