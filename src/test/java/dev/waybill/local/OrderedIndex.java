package dev.waybill.local;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.EmptyIndex;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An index that is not unique, which the stand-in lacks: documents by the values of some fields, in their order, within
 * memory. It narrows a query to the documents that agree with it on the first fields; sorting stays with the stand-in,
 * and so does its lock, under which all of this is called.
 *
 * @param <P> the stand-in's type of a document's position
 */
final class OrderedIndex<P> extends EmptyIndex<P> implements Narrowing {

    private enum Edge {
        /** Below every value but nothing. */
        LOWEST,
        /** Above every value. */
        HIGHEST
    }

    private final List<String> fields;
    private final Narrowings siblings;
    private final NavigableMap<List<Object>, Map<KeyValue, P>> entries = new TreeMap<>(OrderedIndex::compare);

    /** Of a list, one element may be above a bound and another below the other: bounds narrow nothing then. */
    private boolean hasLists;

    /** Documents with an empty list have no key in the index, and are always read. */
    private final Map<KeyValue, P> withoutValues = new LinkedHashMap<>();

    OrderedIndex(String name, List<IndexKey> keys, Narrowings siblings) {
        super(name, keys);
        this.fields = keys.stream().map(IndexKey::getKey).toList();
        this.siblings = siblings;
    }

    @Override
    public void add(Document document, P position, MongoCollection<P> collection) {
        Set<KeyValue> keys = getKeyValues(document);
        hasLists |= keys.size() != 1;
        if (keys.isEmpty()) {
            withoutValues.put(id(document), position);
        }
        for (KeyValue key : keys) {
            entries.computeIfAbsent(values(key), any -> new LinkedHashMap<>()).put(id(document), position);
        }
    }

    @Override
    public @Nullable P remove(Document document) {
        P position = withoutValues.remove(id(document));
        for (KeyValue key : getKeyValues(document)) {
            List<Object> values = values(key);
            Map<KeyValue, P> found = entries.get(values);
            P removed = found == null ? null : found.remove(id(document));
            if (found != null && found.isEmpty()) {
                entries.remove(values);
            }
            position = removed == null ? position : removed;
        }
        return position;
    }

    @Override
    public void updateInPlace(Document before, Document after, P position, MongoCollection<P> collection) {
        if (!nullAwareEqualsKeys(before, after)) {
            remove(before);
            add(after, position, collection);
        }
    }

    @Override
    public boolean canHandle(Document query) {
        return siblings.isBest(this, Constraints.of(query));
    }

    /** Two for each field with a fixed value, one for bounds of the next. */
    @Override
    public int worth(Constraints constraints) {
        int known = known(constraints);
        return 2 * known + (bounded(constraints, known) ? 1 : 0);
    }

    @Override
    public Iterable<P> getPositions(Document query) {
        Constraints constraints = Constraints.of(query);
        int known = known(constraints);
        List<List<Object>> starts = List.of(List.of());
        for (String field : fields.subList(0, known)) {
            List<List<Object>> longer = new ArrayList<>();
            for (List<Object> start : starts) {
                Objects.requireNonNull(constraints.oneOf(field)).forEach(value -> longer.add(with(start, value)));
            }
            starts = longer;
        }
        Set<P> positions = new LinkedHashSet<>(withoutValues.values());
        for (List<Object> start : starts) {
            within(start, constraints, known).forEach(found -> positions.addAll(found.values()));
        }
        return positions;
    }

    private Collection<Map<KeyValue, P>> within(List<Object> start, Constraints constraints, int known) {
        List<Object> from = start;
        List<Object> to = with(start, Edge.HIGHEST);
        if (bounded(constraints, known)) {
            Object least = constraints.least(fields.get(known));
            Object most = constraints.most(fields.get(known));
            from = with(start, least == null ? Edge.LOWEST : least);
            to = most == null ? to : with(with(start, most), Edge.HIGHEST);
        }
        if (compare(from, to) > 0) {
            return List.of();
        }
        return entries.subMap(from, true, to, true).values();
    }

    /** How many of the first fields the query fixes to a value; several values for one of them only. */
    private int known(Constraints constraints) {
        int known = 0;
        boolean several = false;
        for (String field : fields) {
            List<Object> values = constraints.oneOf(field);
            if (values == null || (several && values.size() > 1)) {
                break;
            }
            several |= values.size() > 1;
            known++;
        }
        return known;
    }

    private boolean bounded(Constraints constraints, int known) {
        return !hasLists
                && known < fields.size()
                && (constraints.least(fields.get(known)) != null || constraints.most(fields.get(known)) != null);
    }

    @Override
    public long getCount() {
        return entries.size() + withoutValues.size();
    }

    @Override
    public void drop() {
        siblings.remove(this);
    }

    private static KeyValue id(Document document) {
        return new KeyValue(document.get("_id")).normalized();
    }

    private static List<Object> values(KeyValue key) {
        List<Object> values = new ArrayList<>();
        key.forEach(value -> values.add(Missing.isNullOrMissing(value) ? Missing.getInstance() : value));
        return values;
    }

    private static List<Object> with(List<Object> start, Object value) {
        List<Object> longer = new ArrayList<>(start);
        longer.add(value);
        return longer;
    }

    /** Field by field; what is shorter comes before all that it begins. */
    private static int compare(List<Object> one, List<Object> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int order = compare(one.get(i), other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.size(), other.size());
    }

    private static int compare(Object one, Object other) {
        int ranks = Integer.compare(rank(one), rank(other));
        return ranks != 0 || rank(one) != 2 ? ranks : ValueComparator.asc().compare(one, other);
    }

    private static int rank(Object value) {
        if (value instanceof Missing) {
            return 0;
        }
        return value == Edge.LOWEST ? 1 : value == Edge.HIGHEST ? 3 : 2;
    }
}
