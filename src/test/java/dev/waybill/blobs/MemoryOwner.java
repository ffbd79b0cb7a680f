package dev.waybill.blobs;

import dev.waybill.platform.storage.ObjectKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** In-memory owner for tests of what queries owners. It passes the same kit as those in the database. */
final class MemoryOwner implements BlobOwner {

    private final Map<String, TreeMap<String, List<ObjectKey>>> rows = new ConcurrentHashMap<>();

    void add(String partition, String id, ObjectKey... keys) {
        rows.computeIfAbsent(partition, each -> new TreeMap<>()).put(id, List.of(keys));
    }

    void remove(String partition, String id) {
        of(partition).remove(id);
    }

    @Override
    public Set<ObjectKey> owned(String partition, Collection<ObjectKey> keys) {
        return of(partition).values().stream()
                .flatMap(List::stream)
                .filter(keys::contains)
                .collect(Collectors.toSet());
    }

    @Override
    public List<Named> page(String partition, @Nullable String after, int max) {
        TreeMap<String, List<ObjectKey>> all = of(partition);
        return (after == null ? all : all.tailMap(after, false))
                .entrySet().stream()
                        .filter(row -> !row.getValue().isEmpty())
                        .limit(max)
                        .flatMap(row -> row.getValue().stream().map(key -> new Named(row.getKey(), key)))
                        .toList();
    }

    private TreeMap<String, List<ObjectKey>> of(String partition) {
        return rows.getOrDefault(partition, new TreeMap<>());
    }
}
