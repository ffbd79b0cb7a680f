package dev.waybill.local;

import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The indexes of one database. The stand-in by itself scans the whole collection for every query that is not by exactly
 * the fields of a unique index, each conditional update of one document included.
 */
final class LocalIndexes {

    private final Map<String, Narrowings> byCollection = new ConcurrentHashMap<>();

    <P> Index<P> unique(String collection, Index<P> index, boolean sparse) {
        Narrowings siblings = siblings(collection);
        UniqueIndex<P> made = new UniqueIndex<>(index, sparse, siblings);
        siblings.add(made);
        return made;
    }

    <P> Index<P> ordered(String collection, String name, List<IndexKey> keys) {
        Narrowings siblings = siblings(collection);
        OrderedIndex<P> made = new OrderedIndex<>(name, keys, siblings);
        siblings.add(made);
        return made;
    }

    private Narrowings siblings(String collection) {
        return byCollection.computeIfAbsent(collection, any -> new Narrowings());
    }
}
