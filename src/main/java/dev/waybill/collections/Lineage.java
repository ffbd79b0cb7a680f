package dev.waybill.collections;

import dev.waybill.auth.Caller;
import dev.waybill.collections.DecompositionResponse.Node;
import dev.waybill.objects.BucketObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Builds the decomposition tree of an object: which collection's documents were made of which. */
@Component
class Lineage {

    private static final int MAX_IDS = 1000;

    private final CollectionAccess access;
    private final ExtractedDocumentStore documents;

    Lineage(CollectionAccess access, ExtractedDocumentStore documents) {
        this.access = access;
        this.documents = documents;
    }

    /** A key that is narrowed to some collections sees those alone: their roots stand where they begin. */
    DecompositionResponse of(Caller caller, BucketObject object, boolean withIds) {
        Map<String, Long> counts = new LinkedHashMap<>(documents.countByOrigin(object.scope(), object.id()));
        List<DocumentCollection> graph = access.readable(caller, object.scope(), object.bucket());
        if (CollectionAccess.isNarrowed(caller)) {
            counts.keySet()
                    .retainAll(graph.stream().map(one -> one.id().value()).toList());
        }
        long total = counts.values().stream().mapToLong(Long::longValue).sum();
        List<Node> roots = new ArrayList<>(below(object, graph, null, counts, withIds));
        graph.forEach(collection -> counts.remove(collection.id().value()));
        counts.forEach((origin, count) -> {
            if (!origin.startsWith(CollectionId.PREFIX)) {
                roots.add(new Node(null, null, origin, 0, count, ids(object, origin, withIds), List.of()));
            }
        });
        return new DecompositionResponse(object.id().value(), object.bucket().value(), total, roots);
    }

    private List<Node> below(
            BucketObject object,
            List<DocumentCollection> graph,
            @Nullable CollectionId parent,
            Map<String, Long> counts,
            boolean withIds) {
        List<Node> nodes = new ArrayList<>();
        for (DocumentCollection collection : graph) {
            boolean isChild = parent == null ? isRoot(collection, graph) : parent.equals(collection.parent());
            String id = collection.id().value();
            if (isChild) {
                nodes.add(new Node(
                        id,
                        collection.name(),
                        collection.extractor().id(),
                        collection.depth(),
                        counts.getOrDefault(id, 0L),
                        ids(object, id, withIds),
                        below(object, graph, collection.id(), counts, withIds)));
            }
        }
        return nodes;
    }

    private static boolean isRoot(DocumentCollection collection, List<DocumentCollection> graph) {
        return graph.stream().noneMatch(other -> other.id().equals(collection.parent()));
    }

    private @Nullable List<String> ids(BucketObject object, String origin, boolean withIds) {
        return withIds ? documents.ids(object.scope(), object.id(), origin, MAX_IDS) : null;
    }
}
