package dev.waybill.tasks;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import dev.waybill.platform.mongo.MongoWrites;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.BulkOperations;
import org.springframework.data.mongodb.core.BulkOperations.BulkMode;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/** Stores tasks in MongoDB. Each write is an atomic one of one document, so no two workers can both win. */
@Component
class MongoTaskStore implements TaskStore {

    private static final int CANCEL_ROUNDS = 5;
    private static final int REPEAT_ROUNDS = 100;
    private static final Duration LONGEST_GRACE = Duration.ofMinutes(1);
    private static final String PENDING = TaskStatus.PENDING.name();
    private static final String PROCESSING = TaskStatus.PROCESSING.name();

    private final MongoOperations mongo;

    MongoTaskStore(MongoOperations mongo) {
        this.mongo = mongo;
    }

    @Override
    public boolean insert(Task task, String handler, Map<String, Object> payload, Instant readyAt, Instant dueAt) {
        return MongoWrites.insert(mongo, TaskEntity.waiting(task, handler, payload, readyAt, dueAt));
    }

    @Override
    public Optional<Stored> find(OrganizationId organization, TaskId id) {
        TaskEntity found = mongo.findOne(new Query(own(organization, id)), TaskEntity.class);
        return Optional.ofNullable(found).map(document -> new Stored(document.toTask(), document.handler()));
    }

    @Override
    public Optional<Task> lookUp(TaskId id) {
        return Optional.ofNullable(mongo.findOne(new Query(byId(id)), TaskEntity.class))
                .map(TaskEntity::toTask);
    }

    @Override
    public Optional<Instant> hasten(TaskId id, Instant readyAt, Instant dueAt) {
        Update sooner = new Update().min("ready_at", readyAt).min("due_at", dueAt);
        return modified(byId(id).and("status").is(PENDING), sooner, false).map(TaskEntity::readyAt);
    }

    @Override
    public boolean repeatAt(TaskId id, Instant againAt) {
        return written(byId(id).and("status").is(PROCESSING), new Update().min("again_at", againAt));
    }

    @Override
    public boolean replaceFailed(
            Task task, String handler, Map<String, Object> payload, Instant readyAt, Instant dueAt) {
        Query failed = new Query(byId(task.id()).and("status").is(TaskStatus.FAILED.name()));
        return mongo.findAndReplace(failed, TaskEntity.waiting(task, handler, payload, readyAt, dueAt)) != null;
    }

    @Override
    public Optional<Claim> claim(TaskId id, String token, Instant now, Instant leaseUntil) {
        Criteria free =
                byId(id).and("status").in(PENDING, PROCESSING).and("ready_at").lte(now);
        Update claimed = new Update()
                .set("status", PROCESSING)
                .set("lease_token", token)
                .set("ready_at", leaseUntil)
                .set("due_at", leaseUntil)
                .set("updated_at", now)
                .min("started_at", now)
                .inc("attempts", 1);
        return modified(free, claimed, false).map(document -> claim(document, token, now, leaseUntil));
    }

    private static Claim claim(TaskEntity before, String token, Instant now, Instant leaseUntil) {
        return new Claim(
                before.toTask().in(TaskStatus.PROCESSING, now),
                before.handler(),
                before.payload(),
                before.attempts() + 1,
                before.failures(),
                token,
                leaseUntil,
                before.isCancelRequested(),
                before.status().equals(PROCESSING));
    }

    @Override
    public void renew(Map<TaskId, String> tokens, Instant leaseUntil) {
        if (tokens.isEmpty()) {
            return;
        }
        BulkOperations all = mongo.bulkOps(BulkMode.UNORDERED, TaskEntity.class);
        tokens.forEach((id, token) -> all.updateOne(
                new Query(held(id, token)),
                new Update().set("ready_at", leaseUntil).set("due_at", leaseUntil)));
        all.execute();
    }

    @Override
    public Map<TaskId, Watch> watch(Collection<TaskId> ids) {
        Query query = new Query(where("_id").in(ids.stream().map(TaskId::value).toList()));
        query.fields().include("lease_token", "cancel_requested");
        Map<TaskId, Watch> found = new HashMap<>();
        for (Document document : mongo.find(query, Document.class, collection())) {
            @Nullable String token = document.getString("lease_token");
            found.put(
                    new TaskId(document.getString("_id")),
                    new Watch(token == null ? "" : token, document.getBoolean("cancel_requested", false)));
        }
        return found;
    }

    @Override
    public boolean progress(TaskId id, String token, Map<String, Object> additionalData, Instant now) {
        Update update = new Update().set("updated_at", now);
        additionalData.forEach((name, value) -> update.set("additional_data." + name, value));
        return written(held(id, token), update);
    }

    @Override
    public boolean finish(TaskId id, String token, TaskCompletion taskCompletion, Instant now) {
        Update update = over(taskCompletion.status(), now)
                .set("outputs", taskCompletion.outputs())
                .set("additional_data", taskCompletion.additionalData());
        if (taskCompletion.error() != null) {
            update.set("error", taskCompletion.error());
        }
        boolean canceled = taskCompletion.status() == TaskStatus.CANCELED;
        return written(canceled ? held(id, token) : heldWithoutRepeat(id, token), update);
    }

    @Override
    public boolean forget(TaskId id, String token) {
        return mongo.remove(new Query(heldWithoutRepeat(id, token)), TaskEntity.class)
                        .getDeletedCount()
                == 1;
    }

    @Override
    public Optional<Instant> repeat(TaskId id, String token, Instant now) {
        return putBackSooner(held(id, token), readyAt -> fresh(readyAt, now));
    }

    @Override
    public Optional<Instant> retry(TaskId id, String token, Instant readyAt, Instant now) {
        return putBack(id, token, readyAt, at -> waiting(at, now).inc("failures", 1));
    }

    @Override
    public Optional<Instant> reschedule(TaskId id, String token, Instant readyAt, Instant now) {
        return putBack(id, token, readyAt, at -> fresh(at, now));
    }

    /** A repeat that is due only after {@code readyAt} stays requested. */
    private Optional<Instant> putBack(TaskId id, String token, Instant readyAt, Function<Instant, Update> waiting) {
        Criteria notSooner = heldAndNotCanceled(id, token)
                .orOperator(where("again_at").exists(false), where("again_at").gt(readyAt));
        return written(notSooner, waiting.apply(readyAt))
                ? Optional.of(readyAt)
                : putBackSooner(heldAndNotCanceled(id, token), waiting);
    }

    /** Puts it back for when it is to be repeated; meanwhile it may be requested sooner still. */
    private Optional<Instant> putBackSooner(Criteria mine, Function<Instant, Update> waiting) {
        for (int round = 0; round < REPEAT_ROUNDS; round++) {
            Instant againAt = againAt(mine);
            if (againAt == null) {
                return Optional.empty();
            }
            Criteria still = new Criteria().andOperator(mine, where("again_at").is(againAt));
            if (written(still, waiting.apply(againAt).unset("again_at"))) {
                return Optional.of(againAt);
            }
        }
        throw new IllegalStateException("the repeat of a task changed %d times".formatted(REPEAT_ROUNDS));
    }

    private @Nullable Instant againAt(Criteria mine) {
        Query query = new Query(mine);
        query.fields().include("again_at");
        Document found = mongo.findOne(query, Document.class, collection());
        Date againAt = found == null ? null : found.getDate("again_at");
        return againAt == null ? null : againAt.toInstant();
    }

    @Override
    public boolean release(TaskId id, String token, Instant now) {
        // The token stays: should the handler end after all before another worker comes, its result still counts.
        return written(
                held(id, token),
                new Update().set("ready_at", now).set("due_at", now).inc("attempts", -1));
    }

    @Override
    public Optional<Task> cancel(OrganizationId organization, TaskId id, Instant now) {
        // Between two of these steps the task may be claimed or put back; then the next round finds it.
        for (int round = 0; round < CANCEL_ROUNDS; round++) {
            Criteria waiting = own(organization, id).and("status").in(PENDING, TaskStatus.QUEUED.name());
            Criteria running = own(organization, id).and("status").is(PROCESSING);
            Optional<TaskEntity> canceled = modified(waiting, over(TaskStatus.CANCELED, now), true)
                    .or(() -> modified(running, new Update().set("cancel_requested", true), true));
            if (canceled.isPresent()) {
                return canceled.map(TaskEntity::toTask);
            }
            Optional<Task> found = find(organization, id).map(Stored::task);
            if (found.isEmpty() || found.get().status().isFinal()) {
                return found;
            }
        }
        return find(organization, id).map(Stored::task);
    }

    @Override
    public List<Due> due(Instant now, Set<String> handlers, List<Full> full, Instant straySince, int limit) {
        Criteria due = where("due_at")
                .lte(now)
                .orOperator(where("handler").in(handlers), where("due_at").lte(straySince));
        if (!full.isEmpty()) {
            due.norOperator(full.stream().map(MongoTaskStore::of).toList());
        }
        Query query = new Query(due).with(Sort.by("due_at")).limit(limit);
        query.fields().include("handler");
        List<Due> found = new ArrayList<>();
        for (Document document : mongo.find(query, Document.class, collection())) {
            found.add(new Due(new TaskId(document.getString("_id")), document.getString("handler")));
        }
        return found;
    }

    @Override
    public long waiting(Instant now) {
        // Whatever can start is due a little later at the latest: the index need not be read to its end.
        Criteria soon = where("due_at").lte(now.plus(LONGEST_GRACE));
        return mongo.count(
                new Query(soon.and("status").is(PENDING).and("ready_at").lte(now)), TaskEntity.class);
    }

    /** The document as it is {@code after} the update, or was before; empty when there is none. */
    private Optional<TaskEntity> modified(Criteria criteria, Update update, boolean after) {
        return Optional.ofNullable(mongo.findAndModify(
                new Query(criteria), update, FindAndModifyOptions.options().returnNew(after), TaskEntity.class));
    }

    private boolean written(Criteria criteria, Update update) {
        return mongo.updateFirst(new Query(criteria), update, TaskEntity.class).getMatchedCount() == 1;
    }

    private String collection() {
        return mongo.getCollectionName(TaskEntity.class);
    }

    private static Criteria of(Full work) {
        Criteria all = where("handler").is(work.handler());
        OrganizationId organization = work.organization();
        return organization == null ? all : all.and("organization_id").is(organization.value());
    }

    private static Criteria byId(TaskId id) {
        return where("_id").is(id.value());
    }

    private static Criteria own(OrganizationId organization, TaskId id) {
        return byId(id).and("organization_id").is(organization.value());
    }

    private static Criteria held(TaskId id, String token) {
        return byId(id).and("lease_token").is(token).and("status").is(PROCESSING);
    }

    private static Criteria heldWithoutRepeat(TaskId id, String token) {
        return held(id, token).and("again_at").exists(false);
    }

    private static Criteria heldAndNotCanceled(TaskId id, String token) {
        return held(id, token).and("cancel_requested").ne(true);
    }

    private static Update waiting(Instant readyAt, Instant now) {
        return new Update()
                .set("status", PENDING)
                .set("ready_at", readyAt)
                .set("due_at", readyAt)
                .set("updated_at", now)
                .unset("lease_token");
    }

    /** As before its first attempt: a run ended. */
    private static Update fresh(Instant readyAt, Instant now) {
        return waiting(readyAt, now).set("attempts", 0).set("failures", 0);
    }

    private static Update over(TaskStatus status, Instant now) {
        return new Update()
                .set("status", status.name())
                .set("updated_at", now)
                .set("completed_at", now)
                .unset("lease_token")
                .unset("ready_at")
                .unset("due_at")
                .unset("again_at");
    }
}
