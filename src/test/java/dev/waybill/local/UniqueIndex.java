package dev.waybill.local;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.KeyConstraintError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A unique index of the stand-in, which serves queries on exactly its fields, extended to serve queries with further
 * conditions, and to index arrays as MongoDB does: each element is a key, a document may have one twice, and an empty
 * array is a key of its own (that of a path through an array's documents is left to the stand-in).
 *
 * @param <P> the stand-in's type of a document's position
 */
final class UniqueIndex<P> extends Index<P> implements Narrowing {

    private static final int FOUND_AT_ONCE = 1000;

    /** An empty array has no elements to index; MongoDB indexes it as its value "undefined". */
    private static final List<Document> EMPTY_ARRAY = List.of(new Document("$undefined", true));

    private final Index<P> index;
    private final Narrowings siblings;

    UniqueIndex(Index<P> index, boolean sparse, Narrowings siblings) {
        super(index.getName(), index.getKeys(), sparse);
        this.index = index;
        this.siblings = siblings;
    }

    @Override
    public boolean canHandle(Document query) {
        return isExact(query) || siblings.isBest(this, Constraints.of(query));
    }

    @Override
    public int worth(Constraints constraints) {
        return isKnown(constraints) ? FOUND_AT_ONCE : 0;
    }

    /** The query fixes each field to a value; several values for one of them only. */
    private boolean isKnown(Constraints constraints) {
        List<@Nullable List<Object>> values =
                keys().stream().<@Nullable List<Object>>map(constraints::oneOf).toList();
        return values.stream().allMatch(Objects::nonNull)
                && values.stream()
                                .filter(some -> some != null && some.size() > 1)
                                .count()
                        <= 1;
    }

    /** The stand-in takes a list for its elements, and finds by an expression what it then returns twice. */
    private boolean isExact(Document query) {
        return index.canHandle(query)
                && query.values().stream()
                        .noneMatch(value -> value instanceof Collection
                                || BsonRegularExpression.isRegularExpression(value)
                                || (value instanceof Document part
                                        && part.keySet().stream().anyMatch(key -> key.startsWith("$"))));
    }

    @Override
    public Iterable<P> getPositions(Document query) {
        if (isExact(query)) {
            return index.getPositions(query);
        }
        Constraints constraints = Constraints.of(query);
        List<Document> exact = List.of(new Document());
        for (String field : keys()) {
            List<Document> longer = new ArrayList<>();
            for (Document part : exact) {
                Objects.requireNonNull(constraints.oneOf(field))
                        .forEach(value -> longer.add(part.clone().append(field, value)));
            }
            exact = longer;
        }
        Set<P> positions = new LinkedHashSet<>();
        exact.forEach(part -> index.getPositions(part).forEach(positions::add));
        return positions;
    }

    private Document withoutEmptyArrays(Document document) {
        Document changed = document;
        for (String field : keys()) {
            if (document.get(field) instanceof Collection<?> elements && elements.isEmpty()) {
                changed = changed.clone().append(field, EMPTY_ARRAY);
            }
        }
        return changed;
    }

    @Override
    public @Nullable P getPosition(Document document) {
        return index.getPosition(withoutEmptyArrays(document));
    }

    @Override
    public void checkAdd(Document document, MongoCollection<P> collection) {
        index.checkAdd(withoutEmptyArrays(document), collection);
    }

    @Override
    public void add(Document document, P position, MongoCollection<P> collection) {
        try {
            index.add(withoutEmptyArrays(document), position, collection);
        } catch (KeyConstraintError e) {
            // Writes are checked before, so this happens only where an index is built over documents that violate
            // it. What a file has of the index already would pass for the whole at the next try.
            collection.queryAll().forEach(this::remove);
            throw e;
        }
    }

    @Override
    public @Nullable P remove(Document document) {
        return index.remove(withoutEmptyArrays(document));
    }

    @Override
    public void checkUpdate(Document before, Document after, MongoCollection<P> collection) {
        index.checkUpdate(withoutEmptyArrays(before), withoutEmptyArrays(after), collection);
    }

    @Override
    public void updateInPlace(Document before, Document after, P position, MongoCollection<P> collection) {
        index.updateInPlace(withoutEmptyArrays(before), withoutEmptyArrays(after), position, collection);
    }

    @Override
    public long getCount() {
        return index.getCount();
    }

    @Override
    public long getDataSize() {
        return index.getDataSize();
    }

    @Override
    public boolean isUnique() {
        return true;
    }

    @Override
    public void drop() {
        index.drop();
        siblings.remove(this);
    }
}
