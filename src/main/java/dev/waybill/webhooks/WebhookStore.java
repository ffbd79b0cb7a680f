package dev.waybill.webhooks;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.waybill.platform.mongo.MongoPages;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/** Webhooks in MongoDB. Each change is one write of one document. */
@Component
class WebhookStore {

    private final MongoOperations mongo;
    private final MongoPages pages;
    private final AtomicLong changes = new AtomicLong();

    WebhookStore(MongoOperations mongo, MongoPages pages) {
        this.mongo = mongo;
        this.pages = pages;
    }

    /** @return false when the organization has one of that name or id */
    boolean insert(Webhook webhook) {
        try {
            mongo.insert(WebhookDocument.of(webhook));
            return true;
        } catch (DuplicateKeyException taken) {
            return false;
        } finally {
            changes.incrementAndGet();
        }
    }

    /** Counts up after each change that was made, or may have been made, through this instance. */
    long changes() {
        return changes.get();
    }

    /** By id or by name. */
    Optional<Webhook> find(OrganizationId organization, String identifier) {
        if (WebhookId.isValid(identifier)) {
            Optional<Webhook> found = one(where("_id").is(Webhook.key(organization, identifier)));
            if (found.isPresent()) {
                return found;
            }
        }
        return one(own(organization).and("webhook_name").is(identifier));
    }

    Optional<Webhook> find(OrganizationId organization, WebhookId id) {
        return one(where("_id").is(Webhook.key(organization, id.value())));
    }

    Page<Webhook> page(
            OrganizationId organization,
            @Nullable String eventType,
            @Nullable Boolean active,
            ListQuery query,
            Fields fields) {
        Criteria within = own(organization);
        if (eventType != null) {
            within = within.and("event_types").is(eventType);
        }
        if (active != null) {
            within = within.and("is_active").is(active);
        }
        return pages.find(WebhookDocument.class, within, query, fields).map(WebhookDocument::toWebhook);
    }

    long count(OrganizationId organization) {
        return mongo.count(query(own(organization)), WebhookDocument.class);
    }

    /** The active ones of these organizations. */
    List<Webhook> active(Collection<OrganizationId> organizations) {
        return all(where("organization_id")
                .in(organizations.stream().map(OrganizationId::value).toList())
                .and("is_active")
                .is(true));
    }

    /** Those of these keys that are there. */
    List<Webhook> findAll(Collection<String> keys) {
        return all(where("_id").in(keys));
    }

    /**
     * Replaces what callers set; secrets stay.
     *
     * @return empty when it is gone
     * @throws DuplicateKeyException when another one has the name
     */
    Optional<Webhook> replace(Webhook webhook) {
        WebhookDocument document = WebhookDocument.of(webhook);
        Update update = new Update()
                .set("webhook_name", document.webhookName())
                .set("event_types", document.eventTypes())
                .set("channels", document.channels())
                .set("is_active", document.isActive())
                .set("updated_at", document.updatedAt());
        update.set("active_since", document.activeSince()).set("added_types", document.addedTypes());
        set(update, "internal_id", document.internalId());
        set(update, "paused_reason", document.pausedReason());
        set(update, "paused_at", document.pausedAt());
        set(update, "failing_since", document.failingSince());
        return changed(where("_id").is(document.key()), update);
    }

    Optional<Webhook> pause(Webhook webhook, String reason, Instant now) {
        return changed(
                byKey(webhook).and("is_active").is(true),
                new Update()
                        .set("is_active", false)
                        .set("paused_reason", reason)
                        .set("paused_at", now)
                        .set("updated_at", now));
    }

    Optional<Webhook> resume(Webhook webhook, Instant now) {
        return changed(
                byKey(webhook).and("is_active").is(false),
                new Update()
                        .set("is_active", true)
                        .set("active_since", now)
                        .set("updated_at", now)
                        .unset("paused_reason")
                        .unset("paused_at")
                        .unset("failing_since"));
    }

    /** Puts new secrets in the place of those that were read; empty when somebody else was faster. */
    Optional<Webhook> secrets(Webhook before, List<Webhook.StoredSecret> secrets, Instant now) {
        Criteria unchanged = byKey(before)
                .and("secrets.0.sealed")
                .is(before.secrets().getFirst().sealed());
        return changed(unchanged, new Update().set("secrets", secrets).set("updated_at", now));
    }

    void failing(Webhook webhook, @Nullable Instant since) {
        Update update = new Update();
        set(update, "failing_since", since);
        mongo.updateFirst(query(byKey(webhook)), update, WebhookDocument.class);
    }

    void remove(Webhook webhook) {
        try {
            mongo.remove(query(byKey(webhook)), WebhookDocument.class);
        } finally {
            changes.incrementAndGet();
        }
    }

    private List<Webhook> all(Criteria which) {
        return mongo.find(query(which), WebhookDocument.class).stream()
                .map(WebhookDocument::toWebhook)
                .toList();
    }

    private Optional<Webhook> one(Criteria which) {
        return Optional.ofNullable(mongo.findOne(query(which), WebhookDocument.class))
                .map(WebhookDocument::toWebhook);
    }

    private Optional<Webhook> changed(Criteria which, Update update) {
        try {
            return Optional.ofNullable(mongo.findAndModify(
                            query(which),
                            update,
                            FindAndModifyOptions.options().returnNew(true),
                            WebhookDocument.class))
                    .map(WebhookDocument::toWebhook);
        } finally {
            changes.incrementAndGet();
        }
    }

    /** Sets a field, or takes it away where there is no value. */
    static void set(Update update, String field, @Nullable Object value) {
        if (value == null) {
            update.unset(field);
        } else {
            update.set(field, value);
        }
    }

    private static Criteria own(OrganizationId organization) {
        return where("organization_id").is(organization.value());
    }

    private static Criteria byKey(Webhook webhook) {
        return where("_id").is(webhook.key());
    }
}
