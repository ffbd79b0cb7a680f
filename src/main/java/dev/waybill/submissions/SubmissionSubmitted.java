package dev.waybill.submissions;

import dev.waybill.platform.events.PublicEvent;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An agent submitted its work. The event's id is derived from the submission's: however often it is told, it is one. */
public record SubmissionSubmitted(
        String eventId, OrganizationId organization, Instant occurredAt, Subject subject, Map<String, Object> metadata)
        implements PublicEvent {

    static final String TYPE = "submission.submitted";

    @Override
    public String eventType() {
        return TYPE;
    }

    /** Null: projects and submissions stand outside of namespaces. */
    @Override
    public @Nullable NamespaceId namespace() {
        return null;
    }
}
