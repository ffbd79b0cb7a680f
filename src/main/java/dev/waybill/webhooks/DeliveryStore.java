package dev.waybill.webhooks;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.waybill.platform.mongo.MongoPages;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/** Deliveries in MongoDB. */
@Component
class DeliveryStore {

    /** Of more attempts, the oldest are forgotten. */
    static final int MAX_ATTEMPTS = 100;

    private static final String PENDING = DeliveryStatus.PENDING.name();

    private final MongoOperations mongo;
    private final MongoPages pages;

    DeliveryStore(MongoOperations mongo, MongoPages pages) {
        this.mongo = mongo;
        this.pages = pages;
    }

    /** Keeps those that are not there yet, in one round trip. */
    void insertAll(Collection<Delivery> deliveries) {
        EventStore.insertAll(
                mongo,
                DeliveryDocument.class,
                deliveries.stream().map(DeliveryDocument::of).toList());
    }

    Optional<Delivery> find(OrganizationId organization, WebhookId webhook, String id) {
        Criteria one =
                where("_id").is(Webhook.key(organization, id)).and("webhook_id").is(webhook.value());
        return Optional.ofNullable(mongo.findOne(query(one), DeliveryDocument.class))
                .map(DeliveryDocument::toDelivery);
    }

    Page<Delivery> page(OrganizationId organization, WebhookId webhook, ListQuery query, Fields fields) {
        return pages.find(DeliveryDocument.class, of(organization, webhook), query, fields)
                .map(DeliveryDocument::toDelivery);
    }

    /** What is to be tried now at one endpoint, the longest due first. */
    List<Delivery> due(String line, Instant now, int max) {
        return mongo
                .find(
                        query(where("line").is(line).and("next_attempt_at").lte(now))
                                .with(Sort.by("next_attempt_at"))
                                .limit(max),
                        DeliveryDocument.class)
                .stream()
                .map(DeliveryDocument::toDelivery)
                .toList();
    }

    /** When there is something to be tried at one endpoint next. */
    Optional<Instant> nextDue(String line) {
        DeliveryDocument next = mongo.findOne(
                query(where("line").is(line).and("next_attempt_at").ne(null)).with(Sort.by("next_attempt_at")),
                DeliveryDocument.class);
        return Optional.ofNullable(next).map(DeliveryDocument::nextAttemptAt);
    }

    /**
     * Adds an attempt to those that were read; nothing happens when somebody else added one.
     *
     * @param status PENDING with the time of the next attempt, else without
     */
    void attempted(
            Delivery before,
            Delivery.Attempt attempt,
            DeliveryStatus status,
            @Nullable Instant next,
            @Nullable String error) {
        List<Delivery.Attempt> attempts = new ArrayList<>(before.attempts());
        attempts.add(attempt);
        if (attempts.size() > MAX_ATTEMPTS) {
            attempts.removeFirst();
        }
        Update update = new Update()
                .set("attempts", attempts)
                .set("attempt_count", before.attemptCount() + 1)
                .set("status", status.name());
        if (next == null) {
            update.set("ended_at", attempt.at());
        }
        WebhookStore.set(update, "next_attempt_at", next);
        WebhookStore.set(update, "error", error);
        mongo.updateFirst(
                query(where("_id").is(before.key()).and("attempt_count").is(before.attemptCount())),
                update,
                DeliveryDocument.class);
    }

    /** Has it tried once more, from now on, as if it were new: the waits between attempts are short at first again. */
    Optional<Delivery> again(Delivery delivery, Instant now, Instant giveUpAt) {
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
                        DeliveryDocument.class))
                .map(DeliveryDocument::toDelivery);
    }

    /** Ends everything that waits at an endpoint which is not there any more. */
    void cancelAll(String line, String why, Instant now) {
        mongo.updateMulti(
                query(where("line").is(line).and("next_attempt_at").ne(null)),
                new Update()
                        .set("status", DeliveryStatus.CANCELED.name())
                        .set("error", why)
                        .set("ended_at", now)
                        .unset("next_attempt_at"),
                DeliveryDocument.class);
    }

    void removeAll(OrganizationId organization, WebhookId webhook) {
        mongo.remove(query(of(organization, webhook)), DeliveryDocument.class);
    }

    long removeEndedBefore(Instant before) {
        return mongo.remove(query(where("ended_at").lt(before)), DeliveryDocument.class)
                .getDeletedCount();
    }

    private static Criteria of(OrganizationId organization, WebhookId webhook) {
        return where("organization_id")
                .is(organization.value())
                .and("webhook_id")
                .is(webhook.value());
    }
}
