package dev.waybill.platform.mongo;

import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.client.FindIterable;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.query.Cursor;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
    private static final long MAX_SECONDS = 10;

    private final MongoOperations mongo;

    MongoPages(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /**
     * One page of a list.
     *
     * @param within the bounds that the caller cannot widen: the tenant, and the parent resource
     */
    public <D> Page<D> find(Class<D> documentType, Criteria within, ListQuery query, Fields fields) {
        Document rows = MongoFilters.and(List.of(mapped(within, documentType), narrowing(query, fields)));
        SortKey key = SortKey.of(query.sort(), fields);
        Document page = rows;
        if (query.cursor() != null) {
            Cursor cursor = Cursor.decode(query.cursor(), query.sort());
            page = MongoFilters.and(List.of(rows, key.after(cursor)));
        }
        List<Document> found = read(documentType, page, key, query);
        Long total = query.includeTotal() ? (Long) count(documentType, rows) : null;
        boolean more = found.size() > query.limit();
        List<Document> shown = more ? found.subList(0, query.limit()) : found;
        List<D> items = new ArrayList<>(shown.size());
        for (Document document : shown) {
            items.add(mongo.getConverter().read(documentType, document));
        }
        String next = more ? key.cursor(shown.getLast()).encode() : null;
        return new Page<>(items, total, query.limit(), query.offset(), next);
    }

    /** The condition that a query stands for, without its paging: for counts and statistics over the same rows. */
    public Criteria criteria(Criteria within, ListQuery query, Fields fields) {
        Document narrowing = narrowing(query, fields);
        return narrowing.isEmpty() ? within : new Criteria().andOperator(within, new GivenCriteria(narrowing));
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

    private List<Document> read(Class<?> type, Document rows, SortKey key, ListQuery query) {
        return bounded(() -> mongo.execute(type, collection -> {
            FindIterable<Document> found = collection
                    .find(rows)
                    .sort(key.order())
                    .skip(query.offset())
                    .limit(query.limit() + 1)
                    .maxTime(MAX_SECONDS, TimeUnit.SECONDS);
            return found.into(new ArrayList<>());
        }));
    }

    private long count(Class<?> type, Document rows) {
        return bounded(() -> mongo.execute(
                type,
                collection -> collection.countDocuments(
                        rows, new com.mongodb.client.model.CountOptions().maxTime(MAX_SECONDS, TimeUnit.SECONDS))));
    }

    private static <T> T bounded(java.util.function.Supplier<@Nullable T> read) {
        try {
            T result = read.get();
            if (result == null) {
                throw new IllegalStateException("MongoDB answered nothing");
            }
            return result;
        } catch (RuntimeException e) {
            if (e instanceof MongoExecutionTimeoutException || e.getCause() instanceof MongoExecutionTimeoutException) {
                throw new WaybillException(
                        ErrorCode.BAD_REQUEST,
                        "the list took longer than %d seconds to find; filter by fewer or by more selective conditions"
                                .formatted(MAX_SECONDS));
            }
            throw e;
        }
    }
}
