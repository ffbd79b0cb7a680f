package dev.waybill.webhooks;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/**
 * Lines in MongoDB. What is added while a line is busy marks it with {@code more}, and a line that is marked cannot be
 * closed; so nothing that was added is overlooked.
 */
@Component
class LineStore {

    private final MongoOperations mongo;

    LineStore(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /** Marks those that are busy. */
    void mark(Collection<String> keys) {
        mongo.updateMulti(
                query(where("_id").in(keys).and("busy").is(true)), new Update().set("more", true), LineDocument.class);
    }

    List<LineDocument> find(Collection<String> keys) {
        return mongo.find(query(where("_id").in(keys)), LineDocument.class);
    }

    /** Makes a line, busy already; empty when there is one. */
    Optional<LineDocument> create(OrganizationId organization, WebhookId webhook, int channel, Instant checkAt) {
        LineDocument line = LineDocument.opened(organization, webhook, channel, checkAt);
        try {
            mongo.insert(line);
            return Optional.of(line);
        } catch (DuplicateKeyException there) {
            return Optional.empty();
        }
    }

    /** Makes an idle line busy, with the next ticket; empty when somebody else was faster. */
    Optional<LineDocument> open(LineDocument line, Instant checkAt) {
        return changed(
                where("_id").is(line.key()).and("busy").is(false).and("ticket").is(line.ticket()), next(checkAt));
    }

    /** Gives the next ticket to a line whose task came to nothing. */
    Optional<LineDocument> reopen(LineDocument line, Instant checkAt) {
        return changed(served(line), next(checkAt));
    }

    private static Update next(Instant checkAt) {
        return new Update()
                .set("busy", true)
                .inc("ticket", 1)
                .set("check_at", checkAt)
                .unset("more")
                .unset("due_at");
    }

    /** The line, as long as this ticket serves it; its mark is taken off. */
    Optional<LineDocument> serve(String key, long ticket) {
        return changed(where("_id").is(key).and("busy").is(true).and("ticket").is(ticket), new Update().unset("more"));
    }

    /**
     * Ends serving it.
     *
     * @param dueAt when it is to be opened again; null when nothing waits
     * @return false when something was added meanwhile, or the ticket does not count any more
     */
    boolean close(LineDocument line, @Nullable Instant dueAt) {
        return closed(served(line).and("more").ne(true), line, dueAt);
    }

    /** Ends serving it, whatever was added: it is opened again then anyway. */
    void rest(LineDocument line, Instant until) {
        closed(served(line), line, until);
    }

    /** @return since when its endpoint fails: now, unless it did so before; empty when the line is gone */
    Optional<Instant> failing(LineDocument line, Instant now) {
        mongo.updateFirst(
                query(where("_id").is(line.key()).and("failing_since").is(null)),
                new Update().set("failing_since", now),
                LineDocument.class);
        return find(List.of(line.key())).stream()
                .map(LineDocument::failingSince)
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** Whatever failed there counts no more. */
    void working(Collection<String> keys) {
        mongo.updateMulti(query(where("_id").in(keys)), new Update().unset("failing_since"), LineDocument.class);
    }

    /** Keeps whether its endpoint is slow, while it is served on. */
    void pace(LineDocument line) {
        mongo.updateFirst(query(served(line)), new Update().set("slow", line.wasSlow()), LineDocument.class);
    }

    private boolean closed(Criteria which, LineDocument line, @Nullable Instant dueAt) {
        Update update = new Update()
                .set("busy", false)
                .set("unanswered", line.unanswered())
                .set("slow", line.wasSlow())
                .unset("check_at")
                .unset("more");
        WebhookStore.set(update, "due_at", dueAt);
        WebhookStore.set(update, "rest_until", line.restUntil());
        return mongo.updateFirst(query(which), update, LineDocument.class).getMatchedCount() == 1;
    }

    void remove(LineDocument line) {
        mongo.remove(query(served(line)), LineDocument.class);
    }

    /** Idle ones whose time has come. */
    List<LineDocument> due(Instant now, int max) {
        return mongo.find(
                query(where("due_at").lte(now)).with(Sort.by("due_at")).limit(max), LineDocument.class);
    }

    /** Busy ones that should be looked after. */
    List<LineDocument> unwatched(Instant now, int max) {
        return mongo.find(
                query(where("check_at").lte(now)).with(Sort.by("check_at")).limit(max), LineDocument.class);
    }

    void checkAgain(LineDocument line, Instant at) {
        mongo.updateFirst(query(served(line)), new Update().set("check_at", at), LineDocument.class);
    }

    private Optional<LineDocument> changed(Criteria which, Update update) {
        return Optional.ofNullable(mongo.findAndModify(
                query(which), update, FindAndModifyOptions.options().returnNew(true), LineDocument.class));
    }

    private static Criteria served(LineDocument line) {
        return where("_id").is(line.key()).and("busy").is(true).and("ticket").is(line.ticket());
    }
}
