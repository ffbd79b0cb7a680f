package dev.waybill.deliveries;

import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.fetch.PostOutcome;
import dev.waybill.platform.fetch.RetryAfter;
import dev.waybill.platform.fetch.UrlPoster;
import dev.waybill.webhooks.Channel;
import dev.waybill.webhooks.ChannelSettings;
import dev.waybill.webhooks.EventJson;
import dev.waybill.webhooks.SigningSecrets;
import dev.waybill.webhooks.Webhook;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Sends an event over a channel, once, in the channel's format. */
@Component
class ChannelSender {

    private static final int EXCERPT = 1024;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVICE_UNAVAILABLE = 503;

    private final UrlPoster poster;
    private final SigningSecrets secrets;
    private final Mailer mailer;

    ChannelSender(UrlPoster poster, SigningSecrets secrets, Mailer mailer) {
        this.poster = poster;
        this.secrets = secrets;
        this.mailer = mailer;
    }

    /** @param at the time of the attempt, which signatures contain */
    SendResult send(Webhook webhook, Channel channel, DeliveryEntity delivery, Instant at) {
        Map<String, Object> event = EventJson.readMap(delivery.event());
        try {
            return switch (channel.kind()) {
                case WEBHOOK -> post(webhook, channel.settings(), delivery, event, at);
                case SLACK -> slack(channel.settings(), event, at);
                case EMAIL -> mailer.send(channel.settings(), event);
            };
        } catch (WaybillException cannot) {
            return SendResult.failed(cannot.getMessage(), true);
        }
    }

    private SendResult post(
            Webhook webhook, ChannelSettings settings, DeliveryEntity delivery, Map<String, Object> event, Instant at) {
        Map<String, Object> template = settings.payloadTemplate();
        byte[] body = EventJson.bytes(template == null ? event : Template.object(template, event));
        Map<String, String> headers = new LinkedHashMap<>();
        if (settings.headers() != null) {
            settings.headers().forEach((name, value) -> {
                if (value != null) {
                    headers.put(name, value);
                }
            });
        }
        List<byte[]> keys = secrets.active(webhook, at);
        headers.putAll(Signature.headers(delivery.eventId(), at, body, keys));
        return result(poster.post(String.valueOf(settings.url()), headers, body, timeout(settings), EXCERPT), at);
    }

    private SendResult slack(ChannelSettings settings, Map<String, Object> event, Instant at) {
        byte[] body = EventJson.bytes(SlackMessage.of(settings, event));
        return result(
                poster.post(String.valueOf(settings.webhookUrl()), Map.of(), body, timeout(settings), EXCERPT), at);
    }

    private static Duration timeout(ChannelSettings settings) {
        double seconds = settings.timeout() == null ? ChannelSettings.DEFAULT_TIMEOUT : settings.timeout();
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    private static SendResult result(PostOutcome outcome, Instant at) {
        return switch (outcome) {
            case PostOutcome.Answered answer ->
                answer.status() >= 200 && answer.status() < 300
                        ? SendResult.accepted(answer.status(), answer.excerpt())
                        : rejected(answer, at);
            case PostOutcome.Forbidden forbidden -> SendResult.failed(forbidden.why(), true);
            case PostOutcome.Unanswered unanswered -> SendResult.failed(unanswered.why(), false);
        };
    }

    private static SendResult rejected(PostOutcome.Answered answer, Instant at) {
        boolean mayRetryAfter = answer.status() == TOO_MANY_REQUESTS || answer.status() == SERVICE_UNAVAILABLE;
        return new SendResult(
                answer.status(),
                rejection(answer.status()),
                answer.excerpt(),
                true,
                mayRetryAfter ? RetryAfter.read(answer.retryAfter(), at) : null);
    }

    private static String rejection(int status) {
        return status >= 300 && status < 400
                ? "HTTP %d: redirects are not followed".formatted(status)
                : "HTTP %d".formatted(status);
    }
}
