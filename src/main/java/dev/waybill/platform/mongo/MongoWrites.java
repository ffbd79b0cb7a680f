package dev.waybill.platform.mongo;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.model.InsertManyOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.BulkOperationException;
import org.springframework.data.mongodb.core.BulkOperations;
import org.springframework.data.mongodb.core.BulkOperations.BulkMode;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.data.mongodb.core.query.UpdateDefinition;

/**
 * Writes that tell what became of them. An answer that was lost is an outcome of its own, never an exception; that the
 * database was not reached at all is one.
 */
public final class MongoWrites {

    private static final int DUPLICATE_KEY = 11_000;
    private static final int PAGE = 1_000;

    private final MongoOperations mongo;

    public MongoWrites(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /** Inserts a document; false when there is one of its id, or of another value that is unique. */
    public static boolean insert(MongoOperations mongo, Object document) {
        try {
            mongo.insert(document);
            return true;
        } catch (DuplicateKeyException taken) {
            return false;
        }
    }

    /**
     * Inserts what is not there yet, in one round trip.
     *
     * @param documents of that type; none is no failure
     * @return one outcome for each, in their order; never {@link WriteOutcome#UNMATCHED}
     */
    public <D> List<WriteOutcome> insertAll(Class<D> type, List<D> documents) {
        if (documents.isEmpty()) {
            return List.of();
        }
        List<Document> stored = documents.stream().map(this::stored).toList();
        List<WriteOutcome> outcomes = new ArrayList<>(Collections.nCopies(documents.size(), WriteOutcome.DONE));
        try {
            mongo.getCollection(mongo.getCollectionName(type))
                    .insertMany(stored, new InsertManyOptions().ordered(false));
        } catch (MongoBulkWriteException partly) {
            if (partly.getWriteConcernError() != null) {
                Collections.fill(outcomes, WriteOutcome.UNKNOWN);
            }
            for (BulkWriteError error : partly.getWriteErrors()) {
                if (error.getCode() != DUPLICATE_KEY) {
                    throw partly;
                }
                outcomes.set(error.getIndex(), WriteOutcome.DUPLICATE_KEY);
            }
        } catch (MongoException failed) {
            if (!MongoFailures.mayHaveArrived(failed)) {
                throw failed;
            }
            Collections.fill(outcomes, WriteOutcome.UNKNOWN);
        }
        return outcomes;
    }

    /** Sets a field, or takes it away where there is no value. */
    public static void set(Update update, String field, @Nullable Object value) {
        if (value == null) {
            update.unset(field);
        } else {
            update.set(field, value);
        }
    }

    /**
     * Executes writes that others may have come before.
     *
     * @return the places of those that were not done, as there is a document of their id, or of another value that is
     *     unique; an answer that was lost is thrown here
     */
    public static Set<Integer> taken(BulkOperations writes) {
        try {
            writes.execute();
            return Set.of();
        } catch (BulkOperationException partly) {
            List<BulkWriteError> errors = partly.getErrors();
            if (errors.stream().anyMatch(error -> error.getCode() != DUPLICATE_KEY)) {
                throw partly;
            }
            return errors.stream().map(BulkWriteError::getIndex).collect(Collectors.toSet());
        }
    }

    /**
     * Removes documents page by page, so that none of the commands is a long one.
     *
     * @param stop when it says true, the rest stays
     * @return how many were removed
     */
    public static long removePaged(MongoOperations mongo, String collection, Criteria which, BooleanSupplier stop) {
        Query page = query(which).limit(PAGE);
        page.fields().include("_id");
        long removed = 0;
        while (!stop.getAsBoolean()) {
            List<Object> keys = mongo.find(page, Document.class, collection).stream()
                    .map(row -> row.get("_id"))
                    .toList();
            if (keys.isEmpty()) {
                return removed;
            }
            removed += mongo.remove(query(where("_id").in(keys)), collection).getDeletedCount();
        }
        return removed;
    }

    /** Updates the one document that the query finds. */
    public WriteOutcome update(Class<?> type, Query query, UpdateDefinition update) {
        try {
            return mongo.updateFirst(query, update, type).getMatchedCount() == 1
                    ? WriteOutcome.DONE
                    : WriteOutcome.UNMATCHED;
        } catch (DuplicateKeyException taken) {
            return WriteOutcome.DUPLICATE_KEY;
        } catch (RuntimeException failed) {
            if (!MongoFailures.mayHaveArrived(failed)) {
                throw failed;
            }
            return WriteOutcome.UNKNOWN;
        }
    }

    /**
     * Updates one document for each query, in one round trip.
     *
     * @param updates at least one
     * @return DONE when each query found its document, UNMATCHED when some did not: the documents tell which
     */
    public WriteOutcome updateAll(Class<?> type, Map<Query, ? extends UpdateDefinition> updates) {
        if (updates.size() == 1) {
            Map.Entry<Query, ? extends UpdateDefinition> one =
                    updates.entrySet().iterator().next();
            return update(type, one.getKey(), one.getValue());
        }
        BulkOperations bulk = mongo.bulkOps(BulkMode.UNORDERED, type);
        updates.forEach(bulk::updateOne);
        try {
            return bulk.execute().getMatchedCount() == updates.size() ? WriteOutcome.DONE : WriteOutcome.UNMATCHED;
        } catch (RuntimeException failed) {
            if (!MongoFailures.mayHaveArrived(failed)) {
                throw failed;
            }
            return WriteOutcome.UNKNOWN;
        }
    }

    /** The document as it is stored. */
    public <D> Document stored(D document) {
        Document stored = new Document();
        mongo.getConverter().write(document, stored);
        return stored;
    }
}
