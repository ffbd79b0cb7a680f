package dev.waybill.webhooks;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.waybill.platform.mongo.MongoPages;
import dev.waybill.platform.mongo.MongoWrites;
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
class WebhookStore implements Webhooks {

    private static final String PAUSED = "paused";

    private final MongoOperations mongo;
    private final MongoPages pages;
    private final AtomicLong changes = new AtomicLong();

    WebhookStore(MongoOperations mongo, MongoPages pages) {
        this.mongo = mongo;
        this.pages = pages;
    }

    /** @return false when the organization has one of that name or id */
    boolean insert(WebhookEntity webhook) {
        try {
            mongo.insert(webhook);
            return true;
        } catch (DuplicateKeyException taken) {
            return false;
        } finally {
            changes.incrementAndGet();
        }
    }

    /** A counter of changes that were made, or may have been made, through this instance. */
    long changes() {
        return changes.get();
    }

    @Override
    public Optional<WebhookEntity> find(OrganizationId organization, String identifier) {
        if (WebhookId.isValid(identifier)) {
            Optional<WebhookEntity> found = one(where("_id").is(organization.key(identifier)));
            if (found.isPresent()) {
                return found;
            }
        }
        return one(own(organization).and("webhook_name").is(identifier));
    }

    @Override
    public Optional<WebhookEntity> find(OrganizationId organization, WebhookId id) {
        return one(where("_id").is(organization.key(id.value())));
    }

    Page<WebhookEntity> page(
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
            within = active ? within.and(PAUSED).is(null) : within.and(PAUSED).ne(null);
        }
        return pages.find(WebhookEntity.class, within, query, fields);
    }

    long count(OrganizationId organization) {
        return mongo.count(query(own(organization)), WebhookEntity.class);
    }

    /** The active ones of these organizations. */
    List<Webhook> active(Collection<OrganizationId> organizations) {
        return List.copyOf(all(where("organization_id")
                .in(organizations.stream().map(OrganizationId::value).toList())
                .and(PAUSED)
                .is(null)));
    }

    @Override
    public List<WebhookEntity> findAll(Collection<String> keys) {
        return all(where("_id").in(keys));
    }

    /**
     * Replaces what callers set; secrets stay.
     *
     * @return empty when it is gone
     * @throws DuplicateKeyException when another one has the name
     */
    Optional<WebhookEntity> replace(WebhookEntity webhook) {
        Update update = new Update()
                .set("webhook_name", webhook.webhookName())
                .set("event_types", webhook.eventTypes())
                .set("channels", webhook.channels())
                .set("active_since", webhook.activeSince())
                .set("added_types", webhook.addedTypes())
                .set("updated_at", webhook.updatedAt());
        MongoWrites.set(update, "internal_id", webhook.internalId());
        MongoWrites.set(update, PAUSED, webhook.paused());
        MongoWrites.set(update, "failing_since", webhook.failingSince());
        return changed(byKey(webhook), update);
    }

    @Override
    public Optional<WebhookEntity> pause(Webhook webhook, String reason, Instant now) {
        return changed(
                byKey(webhook).and(PAUSED).is(null),
                new Update().set(PAUSED, new Webhook.Pause(reason, now)).set("updated_at", now));
    }

    Optional<WebhookEntity> resume(WebhookEntity webhook, Instant now) {
        return changed(
                byKey(webhook).and(PAUSED).ne(null),
                new Update()
                        .set("active_since", now)
                        .set("updated_at", now)
                        .unset(PAUSED)
                        .unset("failing_since"));
    }

    /** Replaces the secrets if they are those that were read; empty when another request replaced them first. */
    Optional<WebhookEntity> replaceSecrets(WebhookEntity before, List<Webhook.StoredSecret> secrets, Instant now) {
        Criteria unchanged = byKey(before)
                .and("secrets.0.sealed")
                .is(before.secrets().getFirst().sealed());
        return changed(unchanged, new Update().set("secrets", secrets).set("updated_at", now));
    }

    @Override
    public void setFailingSince(Webhook webhook, @Nullable Instant since) {
        Update update = new Update();
        MongoWrites.set(update, "failing_since", since);
        mongo.updateFirst(query(byKey(webhook)), update, WebhookEntity.class);
    }

    void remove(WebhookEntity webhook) {
        try {
            mongo.remove(query(byKey(webhook)), WebhookEntity.class);
        } finally {
            changes.incrementAndGet();
        }
    }

    private List<WebhookEntity> all(Criteria which) {
        return mongo.find(query(which), WebhookEntity.class);
    }

    private Optional<WebhookEntity> one(Criteria which) {
        return Optional.ofNullable(mongo.findOne(query(which), WebhookEntity.class));
    }

    private Optional<WebhookEntity> changed(Criteria which, Update update) {
        try {
            return Optional.ofNullable(mongo.findAndModify(
                    query(which), update, FindAndModifyOptions.options().returnNew(true), WebhookEntity.class));
        } finally {
            changes.incrementAndGet();
        }
    }

    private static Criteria own(OrganizationId organization) {
        return where("organization_id").is(organization.value());
    }

    private static Criteria byKey(Webhook webhook) {
        return where("_id").is(webhook.key());
    }
}
