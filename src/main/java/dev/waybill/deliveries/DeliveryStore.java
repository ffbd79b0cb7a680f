package dev.waybill.deliveries;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.waybill.platform.mongo.MongoPages;
import dev.waybill.platform.mongo.MongoWrites;
import dev.waybill.platform.mongo.WriteOutcome;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.webhooks.Endpoint;
import dev.waybill.webhooks.WebhookId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/** Deliveries in MongoDB. */
@Component
class DeliveryStore {

    /** Of more attempts, the oldest are dropped. */
    static final int MAX_ATTEMPTS = 100;

    private static final int BULK = 1_000;
    private static final String PENDING = DeliveryStatus.PENDING.name();

    private final MongoOperations mongo;
    private final MongoWrites writes;
    private final MongoPages pages;

    DeliveryStore(MongoOperations mongo, MongoPages pages) {
        this.mongo = mongo;
        this.writes = new MongoWrites(mongo);
        this.pages = pages;
    }

    /** Inserts those that are absent, a thousand in one round trip. */
    void insertAll(List<DeliveryEntity> deliveries) {
        for (int from = 0; from < deliveries.size(); from += BULK) {
            List<DeliveryEntity> some = deliveries.subList(from, Math.min(from + BULK, deliveries.size()));
            EventStore.requireKnown(writes.insertAll(DeliveryEntity.class, some));
        }
    }

    Optional<DeliveryEntity> find(OrganizationId organization, WebhookId webhook, String id) {
        Criteria one = where("_id").is(organization.key(id)).and("webhook_id").is(webhook.value());
        return Optional.ofNullable(mongo.findOne(query(one), DeliveryEntity.class));
    }

    Page<DeliveryEntity> page(OrganizationId organization, WebhookId webhook, ListQuery query, Fields fields) {
        return pages.find(DeliveryEntity.class, of(organization, webhook), query, fields);
    }

    /** What is due now at one endpoint, the longest due first; without the log of attempts. */
    List<DeliveryEntity> due(Endpoint endpoint, Instant now, int max) {
        Query due = query(pending(endpoint).lte(now))
                .with(Sort.by("next_attempt_at"))
                .limit(max);
        due.fields().exclude("attempts");
        return mongo.find(due, DeliveryEntity.class);
    }

    /** When something is due at one endpoint next. */
    Optional<Instant> nextDue(Endpoint endpoint) {
        Query next = query(pending(endpoint).ne(null)).with(Sort.by("next_attempt_at"));
        next.fields().include("next_attempt_at");
        Document found = mongo.findOne(next, Document.class, mongo.getCollectionName(DeliveryEntity.class));
        return Optional.ofNullable(found)
                .map(document -> document.getDate("next_attempt_at").toInstant());
    }

    /**
     * Appends an attempt to each, in one round trip; one that another worker attempted meanwhile stays as it is.
     *
     * @param attempts at least one
     * @return UNMATCHED when another worker attempted one of them meanwhile
     */
    WriteOutcome recordAttempts(List<DeliveryAttempt> attempts) {
        Map<Query, Update> updates = new LinkedHashMap<>();
        for (DeliveryAttempt one : attempts) {
            Update update = new Update()
                    .inc("attempt_count", 1)
                    .set("status", one.status().name());
            update.push("attempts").slice(-MAX_ATTEMPTS).each(one.attempt());
            if (one.next() == null) {
                update.set("ended_at", one.attempt().at());
            }
            MongoWrites.set(update, "next_attempt_at", one.next());
            MongoWrites.set(update, "error", one.error());
            DeliveryEntity before = one.before();
            updates.put(query(where("_id").is(before.key()).and("attempt_count").is(before.attemptCount())), update);
        }
        return writes.updateAll(DeliveryEntity.class, updates);
    }

    /** Makes it due now, as if it were new: its backoff starts again. */
    Optional<DeliveryEntity> redeliver(DeliveryEntity delivery, Instant now, Instant giveUpAt) {
        Update update = new Update()
                .set("status", PENDING)
                .set("next_attempt_at", now)
                .set("give_up_at", giveUpAt)
                .set("earlier_attempts", delivery.attemptCount())
                .unset("ended_at")
                .unset("error");
        return Optional.ofNullable(mongo.findAndModify(
                query(where("_id").is(delivery.key())),
                update,
                FindAndModifyOptions.options().returnNew(true),
                DeliveryEntity.class));
    }

    /** Cancels everything pending at an endpoint that was deleted. */
    void cancelPending(Endpoint endpoint, String why, Instant now) {
        mongo.updateMulti(
                query(pending(endpoint).ne(null)),
                new Update()
                        .set("status", DeliveryStatus.CANCELED.name())
                        .set("error", why)
                        .set("ended_at", now)
                        .unset("next_attempt_at"),
                DeliveryEntity.class);
    }

    void removeAll(OrganizationId organization, WebhookId webhook) {
        mongo.remove(query(of(organization, webhook)), DeliveryEntity.class);
    }

    long removeEndedBefore(Instant before) {
        return mongo.remove(query(where("ended_at").lt(before)), DeliveryEntity.class)
                .getDeletedCount();
    }

    private static Criteria pending(Endpoint endpoint) {
        return where("endpoint_key").is(endpoint.key()).and("next_attempt_at");
    }

    private static Criteria of(OrganizationId organization, WebhookId webhook) {
        return where("organization_id")
                .is(organization.value())
                .and("webhook_id")
                .is(webhook.value());
    }
}
