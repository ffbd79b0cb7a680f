package dev.waybill.webhooks;

import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.tasks.TaskId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * The line of deliveries in front of one endpoint: one channel of one webhook. At most one task at a time serves it, so
 * an endpoint never takes more than one place among the tasks of all instances.
 *
 * @param ticket counts how often it was opened; the task has the same number
 * @param busy whether a task serves it
 * @param more whether something was added while its task ran
 * @param unanswered how often in a row its endpoint gave no answer
 * @param slow whether its endpoint, when last asked, took longer to answer than a turn is; null as false
 * @param restUntil until when its endpoint is left alone; null when it is not
 * @param dueAt from when on the periodic job opens it, when it is not busy
 * @param checkAt from when on the periodic job looks after its task, when it is busy
 * @param failingSince when the failures of its endpoint began that no success has ended since; null when there are none
 */
@Document("webhook_lines")
@CompoundIndex(def = "{due_at: 1}", sparse = true)
@CompoundIndex(def = "{check_at: 1}", sparse = true)
record LineDocument(
        @Id String key,
        OrganizationId organizationId,
        String webhookId,
        int channel,
        long ticket,
        boolean busy,
        @Nullable Boolean more,
        int unanswered,
        @Nullable Boolean slow,
        @Nullable Instant restUntil,
        @Nullable Instant dueAt,
        @Nullable Instant checkAt,
        @Nullable Instant failingSince) {

    static String key(OrganizationId organization, WebhookId webhook, int channel) {
        return Webhook.key(organization, webhook.value() + "#" + channel);
    }

    /** A new one, busy already. */
    static LineDocument opened(OrganizationId organization, WebhookId webhook, int channel, Instant checkAt) {
        return new LineDocument(
                key(organization, webhook, channel),
                organization,
                webhook.value(),
                channel,
                1,
                true,
                null,
                0,
                null,
                null,
                null,
                checkAt,
                null);
    }

    boolean wasSlow() {
        return Boolean.TRUE.equals(slow);
    }

    boolean isAiling() {
        return unanswered > 0;
    }

    /** Whether serving it may hold a place for long; such lines share few. */
    boolean holdsUp() {
        return isAiling() || wasSlow();
    }

    /** After one more request without an answer. */
    LineDocument silent(Instant until) {
        return after(unanswered + 1, wasSlow(), until);
    }

    LineDocument answering(boolean slowly) {
        return after(0, slowly, null);
    }

    private LineDocument after(int silences, boolean slowly, @Nullable Instant rest) {
        return new LineDocument(
                key,
                organizationId,
                webhookId,
                channel,
                ticket,
                busy,
                more,
                silences,
                slowly,
                rest,
                dueAt,
                checkAt,
                failingSince);
    }

    boolean rests(Instant now) {
        return restUntil != null && restUntil.isAfter(now);
    }

    /** Derived, so that submitting it again submits the same. */
    TaskId task() {
        String name = "webhook line %s %d".formatted(key, ticket);
        return new TaskId(
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString());
    }
}
