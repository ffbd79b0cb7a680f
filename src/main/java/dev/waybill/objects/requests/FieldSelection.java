package dev.waybill.objects.requests;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Projection of a response to the selected fields. Names that do not exist select nothing. */
final class FieldSelection {

    /** Clients generated from the contract cannot read an object or a blob without these. */
    private static final List<String> ALWAYS = List.of("object_id", "bucket_id");

    private static final Set<String> ALWAYS_IN_BLOBS = Set.of("property", "type");

    private final Branch root = new Branch();

    private FieldSelection(Collection<String> paths) {
        ALWAYS.forEach(this::add);
        paths.forEach(this::add);
        Branch blobs = root.below.get("blobs");
        if (blobs != null) {
            ALWAYS_IN_BLOBS.forEach(name -> blobs.below.computeIfAbsent(name, key -> new Branch()).whole = true);
        }
    }

    /** @param paths with dots for nested fields, such as {@code blobs.details.filename} */
    static FieldSelection of(Collection<String> paths) {
        return new FieldSelection(paths);
    }

    /** Removes from a response what was not selected. */
    void applyTo(JsonNode answer) {
        cut(answer, root);
    }

    private void add(String path) {
        Branch branch = root;
        for (String name : path.split("\\.", -1)) {
            branch = branch.below.computeIfAbsent(name, key -> new Branch());
        }
        branch.whole = true;
    }

    private static void cut(JsonNode node, Branch branch) {
        if (branch.whole) {
            return;
        }
        switch (node) {
            case ArrayNode array -> array.forEach(item -> cut(item, branch));
            case ObjectNode object -> {
                object.retain(branch.below.keySet());
                object.properties().forEach(field -> {
                    Branch below = branch.below.get(field.getKey());
                    if (below != null) {
                        cut(field.getValue(), below);
                    }
                });
            }
            default -> {}
        }
    }

    private static final class Branch {
        private final Map<String, Branch> below = new HashMap<>();
        private boolean whole;
    }
}
