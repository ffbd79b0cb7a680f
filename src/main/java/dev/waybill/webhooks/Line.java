package dev.waybill.webhooks;

import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.tasks.TaskId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The line of deliveries in front of one endpoint: one channel of one webhook. At most one task at a time serves it, so
 * an endpoint never takes more than one place among the tasks of all instances.
 *
 * @param ticket counts how often it was opened; the task has the same number
 * @param busy whether a task serves it
 * @param unanswered how often in a row its endpoint gave no answer
 * @param slow whether its endpoint, when last asked, took longer to answer than a turn is
 * @param restUntil until when its endpoint is left alone; null when it is not
 * @param failingSince when the failures of its endpoint began that no success has ended since; null when there are none
 */
record Line(
        OrganizationId organization,
        WebhookId webhook,
        int channel,
        long ticket,
        boolean busy,
        int unanswered,
        boolean slow,
        @Nullable Instant restUntil,
        @Nullable Instant failingSince) {

    static String key(OrganizationId organization, WebhookId webhook, int channel) {
        return Webhook.key(organization, webhook.value() + "#" + channel);
    }

    String key() {
        return key(organization, webhook, channel);
    }

    boolean isAiling() {
        return unanswered > 0;
    }

    /** Whether serving it may hold a place for long; such lines share few. */
    boolean holdsUp() {
        return isAiling() || slow;
    }

    /** After one more request without an answer. */
    Line silent(Instant until) {
        return new Line(organization, webhook, channel, ticket, busy, unanswered + 1, slow, until, failingSince);
    }

    Line answering(boolean slowly) {
        return new Line(organization, webhook, channel, ticket, busy, 0, slowly, null, failingSince);
    }

    boolean rests(Instant now) {
        return restUntil != null && restUntil.isAfter(now);
    }

    /** Derived, so that submitting it again submits the same. */
    TaskId task() {
        String name = "webhook line %s %d".formatted(key(), ticket);
        return new TaskId(
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString());
    }
}
