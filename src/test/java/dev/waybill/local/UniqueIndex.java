package dev.waybill.local;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A unique index of the stand-in, which serves queries on exactly its fields, made to serve those that ask for more than
 * these too.
 *
 * @param <P> what the stand-in knows a document's place by
 */
final class UniqueIndex<P> extends Index<P> implements Narrowing {

    private static final int FOUND_AT_ONCE = 1000;

    private final Index<P> index;
    private final Narrowings siblings;

    UniqueIndex(Index<P> index, boolean sparse, Narrowings siblings) {
        super(index.getName(), index.getKeys(), sparse);
        this.index = index;
        this.siblings = siblings;
    }

    @Override
    public boolean canHandle(Document query) {
        return index.canHandle(query) || siblings.isBest(this, Constraints.of(query));
    }

    @Override
    public int worth(Constraints constraints) {
        return keys().stream().allMatch(field -> isKnown(constraints.oneOf(field))) ? FOUND_AT_ONCE : 0;
    }

    /** Several values are for an index of one field only. */
    private boolean isKnown(@Nullable List<Object> values) {
        return values != null && (values.size() == 1 || !isCompoundIndex());
    }

    @Override
    public Iterable<P> getPositions(Document query) {
        if (index.canHandle(query)) {
            return index.getPositions(query);
        }
        Constraints constraints = Constraints.of(query);
        Document part = new Document();
        for (String field : keys()) {
            List<Object> values = constraints.oneOf(field);
            if (values != null) {
                part.put(field, values.size() == 1 ? values.getFirst() : new Document("$in", values));
            }
        }
        return index.getPositions(part);
    }

    @Override
    public @Nullable P getPosition(Document document) {
        return index.getPosition(document);
    }

    @Override
    public void checkAdd(Document document, MongoCollection<P> collection) {
        index.checkAdd(document, collection);
    }

    @Override
    public void add(Document document, P position, MongoCollection<P> collection) {
        index.add(document, position, collection);
    }

    @Override
    public @Nullable P remove(Document document) {
        return index.remove(document);
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
    public void checkUpdate(Document before, Document after, MongoCollection<P> collection) {
        index.checkUpdate(before, after, collection);
    }

    @Override
    public void updateInPlace(Document before, Document after, P position, MongoCollection<P> collection) {
        index.updateInPlace(before, after, position, collection);
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
