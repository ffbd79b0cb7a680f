package dev.waybill.webhooks;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** Counts attempts at deliveries: {@code waybill.webhooks.attempts}. */
@Component
class WebhookMetrics {

    private final MeterRegistry meters;

    WebhookMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    void attempted(Channel.Kind kind, Sent sent) {
        String outcome = sent.error() == null ? "taken" : sent.answered() ? "refused" : "unanswered";
        meters.counter("waybill.webhooks.attempts", "channel", kind.wire(), "outcome", outcome)
                .increment();
    }
}
