package dev.waybill.platform.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.client.model.CountOptions;
import dev.waybill.platform.deadline.RequestDeadline;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.query.Cursor;
import dev.waybill.platform.query.Cursor.At;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.convert.QueryMapper;
import org.springframework.data.mongodb.core.mapping.MongoPersistentEntity;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.stereotype.Component;

/** Reads lists from MongoDB, a page at a time. */
@Component
public class MongoPages {

    /** How many characters a search may have. */
    public static final int MAX_SEARCH = 200;

    private static final int MAX_WORDS = 20;

    /** QueryExceededMemoryLimitNoDiskUseAllowed, ExceededMemoryLimit, BSONObjectTooLarge. */
    private static final Set<Integer> TOO_MUCH_MEMORY = Set.of(292, 146, 10334);

    private final MongoOperations mongo;
    private final Duration patience;

    MongoPages(MongoOperations mongo, MongoProperties properties) {
        this.mongo = mongo;
        this.patience = properties.queryTimeout();
    }

    /**
     * One page of a list.
     *
     * @param within the bounds that the caller cannot widen: the tenant, and the parent resource
     */
    public <D> Page<D> find(Class<D> documentType, Criteria within, ListQuery query, Fields fields) {
        Document rows = match(documentType, within, query, fields);
        SortKey key = SortKey.of(query.sort(), fields);
        List<Document> found = rows(documentType, mapped(within, documentType), rows, key, query);
        Long total = query.includeTotal() ? (Long) count(documentType, rows) : null;
        boolean more = found.size() > query.limit();
        List<Document> shown = more ? found.subList(0, query.limit()) : found;
        List<D> items = new ArrayList<>(shown.size());
        for (Document document : shown) {
            items.add(mongo.getConverter().read(documentType, document));
        }
        String next = more ? key.cursor(shown.getLast()).encode(list(documentType)) : null;
        return new Page<>(items, total, query.limit(), query.cursor() == null ? query.offset() : null, next);
    }

    /**
     * The query document that a list stands for, without its paging, in stored names: for counts and aggregations over
     * the same rows.
     */
    public Document match(Class<?> documentType, Criteria within, ListQuery query, Fields fields) {
        return MongoFilters.and(List.of(mapped(within, documentType), narrowing(query, fields)));
    }

    /**
     * Runs an aggregation, for as long as a list may take.
     *
     * @param pipeline in stored names
     */
    public List<Document> aggregate(Class<?> documentType, List<Document> pipeline) {
        return bounded(() -> mongo.execute(
                documentType,
                collection -> collection
                        .aggregate(pipeline)
                        .maxTime(patience.toMillis(), TimeUnit.MILLISECONDS)
                        .allowDiskUse(false)
                        .into(new ArrayList<>())));
    }

    /**
     * The condition that a query stands for, without its paging: for counts and statistics over the same rows. Spring
     * Data maps its names once more when it runs against a class, so that {@code upload_id} may become
     * {@code upload._id} where there is an {@code upload}; {@link #match} is exact.
     */
    public Criteria criteria(Criteria within, ListQuery query, Fields fields) {
        Document narrowing = narrowing(query, fields);
        return narrowing.isEmpty() ? within : new Criteria().andOperator(within, new RawCriteria(narrowing));
    }

    private static Document narrowing(ListQuery query, Fields fields) {
        Document filter = MongoFilters.query(query.filter(), fields);
        return MongoFilters.and(List.of(filter, search(query, fields)));
    }

    private static Document search(ListQuery query, Fields fields) {
        String search = query.search();
        if (search == null || search.isBlank()) {
            return new Document();
        }
        if (fields.searched().isEmpty()) {
            throw InvalidRequest.field("search", "is not possible in this list; use filters", "value_error");
        }
        if (search.indexOf('\0') >= 0) {
            throw InvalidRequest.field("search", "must not hold NUL", "string_characters");
        }
        List<String> words = List.of(search.strip().split("\\s+"));
        if (search.length() > MAX_SEARCH || words.size() > MAX_WORDS) {
            throw InvalidRequest.field(
                    "search",
                    "must have at most %d characters and %d words".formatted(MAX_SEARCH, MAX_WORDS),
                    "string_too_long");
        }
        return MongoFilters.search(words, fields.searched(), query.caseSensitive());
    }

    private Document mapped(Criteria within, Class<?> documentType) {
        MongoPersistentEntity<?> entity = (MongoPersistentEntity<?>)
                mongo.getConverter().getMappingContext().getPersistentEntity(documentType);
        return new QueryMapper(mongo.getConverter()).getMappedObject(within.getCriteriaObject(), entity);
    }

    /** A name by which cursors of different lists are distinguished. */
    private String list(Class<?> documentType) {
        return mongo.getCollectionName(documentType);
    }

    /** One row more than the page holds, if there are so many. */
    private List<Document> rows(Class<?> type, Document within, Document rows, SortKey key, ListQuery query) {
        Cursor cursor = query.cursor() == null ? null : resolved(type, within, key, query);
        int wanted = query.limit() + 1;
        List<Document> found = new ArrayList<>();
        if (cursor == null || cursor.at() != At.UNORDERED) {
            Document after = cursor == null ? new Document() : key.after(cursor);
            Document ordered = MongoFilters.and(List.of(rows, key.ordered(), after));
            found.addAll(read(type, ordered, key.order(), query.offset(), wanted));
        }
        if (key.mixed() && found.size() < wanted) {
            Document after = cursor != null && cursor.at() == At.UNORDERED ? key.after(cursor) : new Document();
            Document unordered = MongoFilters.and(List.of(rows, key.unordered(), after));
            int skip = found.isEmpty() && query.offset() > 0
                    ? (int) Math.max(0, query.offset() - count(type, MongoFilters.and(List.of(rows, key.ordered()))))
                    : 0;
            found.addAll(read(type, unordered, key.orderById(), skip, wanted - found.size()));
        }
        return found;
    }

    /** The query's cursor; a value that it could not carry is read from its row. */
    private Cursor resolved(Class<?> type, Document within, SortKey key, ListQuery query) {
        Cursor cursor = Cursor.decode(String.valueOf(query.cursor()), query.sort(), list(type));
        if (cursor.at() != At.ROW) {
            return cursor;
        }
        Document own = MongoFilters.and(List.of(within, new Document("_id", cursor.id())));
        return read(type, own, key.orderById(), 0, 1).stream()
                .findFirst()
                .map(key::position)
                .orElseThrow(() -> new WaybillException(
                        ErrorCode.INVALID_CURSOR,
                        "the row that the cursor stands at is gone; start again without a cursor"));
    }

    private List<Document> read(Class<?> type, Document rows, Document order, int skip, int limit) {
        return bounded(() -> mongo.execute(
                type,
                collection -> collection
                        .find(rows)
                        .sort(order)
                        .skip(skip)
                        .limit(limit)
                        .maxTime(patience.toMillis(), TimeUnit.MILLISECONDS)
                        .into(new ArrayList<>())));
    }

    private long count(Class<?> type, Document rows) {
        return bounded(() -> mongo.execute(
                type,
                collection -> collection.countDocuments(
                        rows, new CountOptions().maxTime(patience.toMillis(), TimeUnit.MILLISECONDS))));
    }

    private <T> T bounded(Supplier<@Nullable T> read) {
        try {
            T result = inTime(read);
            if (result == null) {
                throw new IllegalStateException("MongoDB answered nothing");
            }
            return result;
        } catch (RuntimeException e) {
            if (e instanceof MongoExecutionTimeoutException || e.getCause() instanceof MongoExecutionTimeoutException) {
                throw new WaybillException(
                        ErrorCode.QUERY_TOO_SLOW,
                        "the list took longer than %d seconds to find; filter by fewer or by more selective conditions"
                                .formatted(patience.toSeconds()));
            }
            if (e.getCause() instanceof MongoCommandException failed
                    && TOO_MUCH_MEMORY.contains(failed.getErrorCode())) {
                throw new WaybillException(
                        ErrorCode.QUERY_TOO_SLOW,
                        "the question takes more memory than the database gives to one; filter by more selective"
                                + " conditions, or ask for less");
            }
            throw e;
        }
    }

    /**
     * The server shall refuse a slow search before its request's time is over. The driver, had it a deadline, would
     * send the server that one instead: so it gets none, and the waiting thread gives up.
     */
    private static <T extends @Nullable Object> T inTime(Supplier<T> read) {
        Duration left = RequestDeadline.left();
        if (left == null) {
            return read.get();
        }
        FutureTask<T> reading = new FutureTask<>(read::get);
        Thread.ofVirtual().name("list").inheritInheritableThreadLocals(false).start(reading);
        try {
            return reading.get(left.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException known ? known : new IllegalStateException(failed);
        } catch (TimeoutException late) {
            reading.cancel(true);
            throw RequestDatabases.over();
        } catch (InterruptedException stopped) {
            reading.cancel(true);
            Thread.currentThread().interrupt();
            throw RequestDatabases.over();
        }
    }
}
