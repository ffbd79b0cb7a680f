package dev.waybill.webhooks;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Keeps since when endpoints fail, and pauses the webhook of one that failed for too long. Each channel counts by itself:
 * one that works does not hide that another is dead.
 */
@Component
class Health {

    private static final Logger log = LoggerFactory.getLogger(Health.class);

    private final WebhookStore webhooks;
    private final LineStore lines;
    private final WebhookProperties properties;
    private final InstantSource clock;

    Health(WebhookStore webhooks, LineStore lines, WebhookProperties properties, InstantSource clock) {
        this.webhooks = webhooks;
        this.lines = lines;
        this.properties = properties;
        this.clock = clock;
    }

    /** Something was taken there: what failed beside it is no lasting failure. */
    void worked(Webhook webhook, LineDocument line) {
        if (line.failingSince() != null) {
            lines.working(List.of(line.key()));
        }
        if (webhook.failingSince() != null) {
            show(webhook);
        }
    }

    /** Nothing was taken there. */
    void failed(Webhook webhook, LineDocument line, String error) {
        Instant now = clock.instant();
        // Asked anew, because whoever resumed the webhook meanwhile wants it to begin anew.
        Optional<Instant> since = lines.failing(line, now);
        if (webhook.failingSince() == null) {
            show(webhook);
        }
        if (since.isEmpty() || since.get().plus(properties.pauseAfter()).isAfter(now)) {
            return;
        }
        String kind = webhook.channels().get(line.channel()).kind().wire();
        String reason = "Every attempt since %s over channels[%d] (%s) failed; the last one: %s"
                .formatted(since.get(), line.channel(), kind, error);
        if (webhooks.pause(webhook, reason, now).isPresent()) {
            log.warn("Webhook {} is paused: its channel {} failed since {}", webhook.id(), line.channel(), since.get());
        }
    }

    /** What callers see of it: since when the channel fails that fails the longest. */
    private void show(Webhook webhook) {
        Instant earliest = lines.find(webhook.lines()).stream()
                .map(LineDocument::failingSince)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
        if (!Objects.equals(earliest, webhook.failingSince())) {
            webhooks.failing(webhook, earliest);
        }
    }
}
