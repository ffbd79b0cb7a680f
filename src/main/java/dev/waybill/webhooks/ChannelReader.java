package dev.waybill.webhooks;

import dev.waybill.platform.errors.Violations;
import dev.waybill.platform.json.FreeJson;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Validates the settings of a channel, and retains those of its kind. */
final class ChannelReader {

    private static final double MIN_TIMEOUT = 0.1;
    private static final double MAX_TIMEOUT = 30;
    private static final int MAX_TEXT = 20_000;
    private static final int MAX_HEADERS = 50;
    private static final int MAX_HEADER = 4_096;
    private static final int MAX_ADDRESSES = 50;
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7E\\t]*");
    private static final Pattern ADDRESS = Pattern.compile("[^\\s@,;<>\"\\p{Cntrl}]{1,64}@[A-Za-z0-9.-]{1,255}");
    private static final Set<String> RESERVED_HEADERS = Set.of(
            "host",
            "content-length",
            "content-type",
            "content-encoding",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "te",
            "trailer",
            "upgrade",
            "expect");

    private final Violations violations;
    private final List<Object> path;

    ChannelReader(Violations violations, List<Object> path) {
        this.violations = violations;
        this.path = path;
    }

    /** The channel; empty when its kind is not known. What is wrong is added to the violations. */
    Optional<Channel> read(@Nullable String kind, @Nullable ChannelSettings settings) {
        boolean complete = violations.has(at("channel"), kind) & violations.has(at("configs"), settings);
        if (!complete || kind == null || settings == null) {
            return Optional.empty();
        }
        return switch (kind) {
            case "webhook" -> Optional.of(Channel.of(Channel.Kind.WEBHOOK, webhook(settings)));
            case "slack" -> Optional.of(Channel.of(Channel.Kind.SLACK, slack(settings)));
            case "email" -> Optional.of(Channel.of(Channel.Kind.EMAIL, email(settings)));
            default -> {
                violations.add(at("channel"), "Input should be 'email', 'slack' or 'webhook'", "enum");
                yield Optional.empty();
            }
        };
    }

    private ChannelSettings webhook(ChannelSettings settings) {
        text("url", settings.url(), true);
        headers(settings.headers());
        Double timeout = settings.timeout();
        if (timeout != null && !(timeout >= MIN_TIMEOUT && timeout <= MAX_TIMEOUT)) {
            violations.add(in("timeout"), "Input should be from 0.1 to 30 seconds", "out_of_range");
        }
        FreeJson.violation(in("payload_template"), settings.payloadTemplate()).ifPresent(violations::add);
        return only(
                Set.of("url", "headers", "payload_template", "timeout"),
                settings,
                Map.of("headers", Map.of(), "timeout", ChannelSettings.DEFAULT_TIMEOUT));
    }

    private ChannelSettings slack(ChannelSettings settings) {
        text("webhook_url", settings.webhookUrl(), true);
        text("channel", settings.channel(), false);
        text("username", settings.username(), false);
        text("icon_emoji", settings.iconEmoji(), false);
        text("icon_url", settings.iconUrl(), false);
        text("blocks_template", settings.blocksTemplate(), false);
        if (settings.blocksTemplate() != null && !isList(settings.blocksTemplate())) {
            violations.add(in("blocks_template"), "should be a JSON array of Slack's blocks", "value_error");
        }
        return only(
                Set.of("webhook_url", "channel", "username", "icon_emoji", "icon_url", "blocks_template"),
                settings,
                Map.of());
    }

    private ChannelSettings email(ChannelSettings settings) {
        if (violations.has(in("to_addresses"), settings.toAddresses()) && settings.toAddresses() != null) {
            if (settings.toAddresses().isEmpty()) {
                violations.add(in("to_addresses"), "List should have at least 1 item", "too_short");
            }
            addresses("to_addresses", settings.toAddresses());
        }
        addresses("cc_addresses", settings.ccAddresses());
        addresses("bcc_addresses", settings.bccAddresses());
        text("subject_template", settings.subjectTemplate(), false);
        text("body_template", settings.bodyTemplate(), false);
        String type = settings.contentType();
        if (type != null && !Set.of("plain_text", "html", "markdown", "json").contains(type)) {
            violations.add(in("content_type"), "Input should be 'plain_text', 'html', 'markdown' or 'json'", "enum");
        }
        return only(
                Set.of(
                        "to_addresses",
                        "cc_addresses",
                        "bcc_addresses",
                        "subject_template",
                        "body_template",
                        "content_type"),
                settings,
                Map.of("cc_addresses", List.of(), "bcc_addresses", List.of(), "content_type", "html"));
    }

    /** The settings of one kind, without all others; those that were left out get the default in {@code otherwise}. */
    private static ChannelSettings only(Set<String> names, ChannelSettings settings, Map<String, Object> otherwise) {
        Map<String, Object> retained = EventJson.readMap(EventJson.write(settings));
        retained.keySet().retainAll(names);
        otherwise.forEach(retained::putIfAbsent);
        return EventJson.read(EventJson.write(retained), ChannelSettings.class);
    }

    private void headers(@Nullable Map<String, @Nullable String> headers) {
        if (headers == null) {
            return;
        }
        if (headers.size() > MAX_HEADERS) {
            violations.add(in("headers"), "at most %d headers".formatted(MAX_HEADERS), "too_long");
        }
        headers.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!HEADER_NAME.matcher(name).matches()) {
                violations.add(in("headers"), "has a name that no header can have", "value_error");
            } else if (RESERVED_HEADERS.contains(lower) || lower.startsWith("webhook-") || lower.startsWith("proxy-")) {
                violations.add(in("headers"), "must not set '%s', which is set already".formatted(name), "value_error");
            } else if (value == null
                    || value.length() > MAX_HEADER
                    || !HEADER_VALUE.matcher(value).matches()) {
                violations.add(
                        in("headers"), "has a value of '%s' that no header can have".formatted(name), "value_error");
            }
        });
    }

    private void addresses(String field, @Nullable List<@Nullable String> addresses) {
        if (addresses == null) {
            return;
        }
        if (addresses.size() > MAX_ADDRESSES) {
            violations.add(in(field), "at most %d addresses".formatted(MAX_ADDRESSES), "too_long");
        }
        for (int i = 0; i < addresses.size(); i++) {
            String address = addresses.get(i);
            if (address == null || !ADDRESS.matcher(address).matches()) {
                violations.add(
                        Violations.below(in(field), i),
                        "should be an email address, such as ops@example.com",
                        "value_error");
            }
        }
    }

    private void text(String field, @Nullable String value, boolean required) {
        if (required && !violations.has(in(field), value)) {
            return;
        }
        if (value != null && value.indexOf('\0') >= 0) {
            violations.add(in(field), "must not hold NUL", "string_characters");
        }
        violations.atMost(in(field), value, MAX_TEXT);
    }

    private static boolean isList(String json) {
        try {
            return EventJson.readAny(json) instanceof List;
        } catch (JacksonException malformed) {
            return false;
        }
    }

    private List<Object> at(String field) {
        return Violations.below(path, field);
    }

    private List<Object> in(String field) {
        return Violations.below(at("configs"), field);
    }
}
