package dev.waybill.webhooks;

import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A {@link Line} as it is stored.
 *
 * @param more whether something was added while its task ran
 * @param slow null as false
 * @param dueAt from when on the periodic job opens it, when it is not busy
 * @param checkAt from when on the periodic job looks after its task, when it is busy
 */
@Document(LineDocument.COLLECTION)
@CompoundIndex(def = "{due_at: 1}", sparse = true)
@CompoundIndex(def = "{check_at: 1}", sparse = true)
record LineDocument(
        @Id String key,
        String organizationId,
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

    static final String COLLECTION = "webhook_lines";

    Line toLine() {
        return new Line(
                new OrganizationId(organizationId),
                new WebhookId(webhookId),
                channel,
                ticket,
                busy,
                unanswered,
                Boolean.TRUE.equals(slow),
                restUntil,
                failingSince);
    }
}
